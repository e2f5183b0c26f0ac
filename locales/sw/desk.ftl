# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Menyu kuu
script-lost = Muunganisho umekatika. Ulichoandika bado kipo, na kujaribu tena ni salama.
script-retry = Jaribu tena
script-close = Funga
script-leave = Ulichoandika hakijahifadhiwa. Ukiache?
script-restored = Maandishi yako ambayo hayakutumwa yamerudi.
script-discard = Yafute
script-keys = Vitufe vya ukurasa huu
script-walk = mstari unaofuata na uliotangulia
script-choose = chagua mstari

# Charts.
chart-nothing = Hakuna cha kuchora bado.
chart-trend = Kutoka { $from } ({ $first }) hadi { $to } ({ $last }); chini kabisa { $low }, juu kabisa { $high }.
chart-period = Kipindi
chart-low = Chini
chart-likely = Inayotarajiwa
chart-high = Juu

# Search.
search-what = Unatafuta nini?
do-search = Tafuta
search-how = Lolote kati ya haya linatosha, kwa tahajia yoyote: jina au sehemu yake, msimbo wa mteja, nambari ya simu au tarakimu zake nne za mwisho, nambari ya mlipakodi (TIN), barua pepe, nambari ya ankara au ya risiti, kiasi kamili.
search-nothing = Hakuna kilichopatikana kwa "{ $text }".
search-more = Vipo vingine vinavyofanana. Andika zaidi ili kuviona.
search-facts = Maelezo
search-found-by = Imepatikana kwa
search-tin = TIN { $tin }
search-open = { $amount } haijalipwa
search-customers = Wateja
search-invoices = Ankara na hati za mkopo
search-receipts = Risiti
found-nearly = { $what }, tahajia inayokaribiana
found-by-code = msimbo
found-by-number = nambari
found-by-reference = rejea
found-by-tin = nambari ya mlipakodi (TIN)
found-by-phone = simu
found-by-email = barua pepe
found-by-name = jina
found-by-person = mtu aliyeko huko
found-by-payer = mlipaji
found-by-open-amount = kiasi kisicholipwa
found-by-amount = kiasi

# Lists.
list-all = zote
list-clear = Ondoa kichujio
list-customer-code = Msimbo wa mteja
list-from = Kuanzia
list-until = Hadi
list-first-page = Ukurasa wa kwanza
list-next-page = Ukurasa unaofuata
list-previous-page = Ukurasa uliotangulia
list-walked-to = Imetafutwa hadi { $day } kwa sasa. Ukurasa unaofuata unatafuta nyuma zaidi.
field-state = hali
field-as-of = siku
field-known-at = ilijulikana
field-by = mstari kwa kila
field-page = ukurasa
done-by = { $user }, { $at }
word-yes = ndiyo

# Invoices. States agree with the invoice.
page-invoices = Ankara
invoices-none = Hakuna ankara iliyorekodiwa bado. Ingiza ulizonazo kutoka kwenye faili.
invoices-none-fit = Hakuna ankara inayolingana na haya yote.
invoice-state-open = haijalipwa
invoice-state-overdue = imechelewa
invoice-state-settled = imemalizika
invoice-state-disputed = inabishaniwa
invoice-issued-on = Ilitolewa
invoice-posted-on = Ilirekodiwa
invoice-lines = Mistari
line-what = Kitu
line-quantity = Idadi
line-price = Bei kwa kila moja
line-tax-class = Daraja la kodi
line-tax = Kodi
invoice-instalments = Awamu
invoice-instalment = awamu ya { $number }
invoice-instalment-head = Awamu
invoice-moved = Kilichoibadilisha
invoice-not-moved = Hakuna kilicholipwa wala kupunguzwa bado.
invoice-facts = Kuihusu
invoice-bill-to = Imetumwa kwa
invoice-beneficiary = Mnufaika
invoice-credits = Inapunguza ankara
invoice-opening = Sehemu ya mwanzo wa kitabu
invoice-credit-notes = Hati za mkopo
invoice-notices = Vikumbusho
seen-as-of = Kama ilivyokuwa { $day }.
seen-as-known = Kama ilivyokuwa { $day }, kama ilivyojulikana { $at }.
seen-not-yet = Haikuwepo bado.
seen-now = Kama ilivyo sasa

# The ledger.
ledger-title = Maingizo ya leja
ledger-what = Kilichorekodiwa kwa ajili yake, debiti na krediti.
ledger-account = Akaunti
ledger-cause = Kwa ajili ya
ledger-debit = Debiti
ledger-credit = Krediti
cause-invoice = ankara
cause-credit-note = hati ya mkopo
cause-receipt = risiti
cause-identification = mlipaji ametambuliwa
cause-settlement = ulipaji
cause-opening = mwanzo wa kitabu
cause-refund = marejesho

# Receipts. States agree with the receipt, the money received.
page-receipts = Risiti
receipts-none = Hakuna pesa zilizoingia bado. Ingiza taarifa ya benki au pochi yako.
receipts-none-fit = Hakuna risiti inayolingana na haya yote.
receipt-unnamed = bila rejea
receipt-state-unidentified = mlipaji hajulikani
receipt-state-unapplied = iko kwenye akaunti
receipt-state-applied = imetumika
receipt-state-refunded = imerejeshwa
receipt-from = Kutoka kwa
receipt-left = Iliyobaki kutumika
receipt-became = Kilichofanyika nayo
receipt-untouched = Hakuna kilichofanyika nayo bado.
receipt-identified = Mlipaji amejulikana
receipt-line = Mstari wa taarifa
receipt-text = Maandishi
receipt-balance-after = Salio baadaye
receipt-taken-in = Iliingizwa
receipt-no-line = Haina mstari wa taarifa: mtu aliiandika, au faili la risiti.
receipt-next-exception = Inayofuata inayosubiri

# Receipts that wait.
page-exceptions = Risiti zinazosubiri
exceptions-what = Kila moja iko kando ya kinachoweza kufanyika nayo, na kwa nini. Hakuna kinachotumika kabla hujasema.
exceptions-nobodys = Mlipaji hajulikani
exceptions-on-account = Kwenye akaunti
exceptions-none = Hakuna kinachosubiri hapa. Taarifa ijayo inaweza kuleta kitu.
exceptions-same-amount = Kiasi hiki hasa hakijalipwa kwenye:
exceptions-other-invoice = Ankara nyingine
exceptions-whose = Sema ni ya nani
exceptions-find-customer = Tafuta mteja
exceptions-no-customer = Hakuna mteja anayelingana na hilo.
proposal-sure = hakika
proposal-proposed = pendekezo
proposal-none = hakuna pendekezo
do-apply-proposal = Tumia kama ilivyopendekezwa
do-identify = Ni yao
done-receipt-applied = Malipo yametumika.
done-receipt-identified = Mlipaji amejulikana sasa. Kinachoweza kulipwa kiko kando.

# The ageing.
ageing-by = Mstari kwa kila
ageing-by-customer = mteja
ageing-by-invoice = ankara
ageing-by-segment = kundi
ageing-by-currency = sarafu
ageing-all = Yote yasiyolipwa
ageing-known-at = Kama ilivyojulikana
ageing-known-at-what = Kilichorekodiwa baadaye hakihesabiwi: jibu lililotolewa wakati huo. Kwa saa ya kampuni, hadi dakika.
ageing-buckets = Mipaka ya siku za kuchelewa
ageing-nothing = Hakuna kisicholipwa hapa.
ageing-unidentified = Iliingia, mlipaji hajulikani:
ageing-items = Awamu zisizolipwa: { $count }, { $amount }
