# needs a native reader
# Programu inachokataa: kilichotokea, kwa kitu gani, na hatua inayofuata.

refusal-not-allowed = { $user } hana ruhusa: { $action }. Omba ruhusa kwa msimamizi, au mwombe mwenye ruhusa afanye.
refusal-not-found = Haipo katika kampuni hii: { $kind } "{ $name }". Angalia tahajia, au tafuta katika orodha.
refusal-exists = "{ $name }" ipo tayari ({ $kind }). Tumia iliyopo, au chagua jina lingine.
refusal-other-content = { $number } imeshaandikwa ikiwa na maudhui mengine; hakuna kilichobadilika. Irekebishe kwa credit note au kwa kuibatilisha, au ipe hati mpya nambari nyingine.
refusal-key-reused = Ufunguo "{ $key }" ulitumika kwa ombi lingine. Rudia ombi hilo bila kulibadilisha, au tuma hili kwa ufunguo mpya.
refusal-missing = "{ $field }" inakosekana. Ijaze, kisha jaribu tena.
refusal-invalid = "{ $field }" haiwezi kuwa "{ $value }": { $reason }. Rekebisha, kisha jaribu tena.
refusal-invalid-empty = "{ $field }" haiwezi kutumika: { $reason }. Rekebisha, kisha jaribu tena.
refusal-exceeds-open = { $item } imebaki { $open }; { $amount } ni zaidi ya hapo. Tenga si zaidi ya { $open }, kinachobaki kikae kwenye akaunti.
refusal-exceeds-unapplied = { $source } imebaki na { $unapplied } ya kutumia; { $amount } ni zaidi ya hapo. Tumia si zaidi ya { $unapplied }, au tumia malipo mengine kwa kinachobaki.
refusal-unidentified = Bado haijulikani nani alilipa { $source }. Kwanza taja mteja, kisha uitumie.
refusal-other-customer = { $source } na { $item } si za mteja mmoja au sarafu moja, kwa hiyo moja haiwezi kulipa nyingine. Chagua deni la mteja yuleyule na sarafu ileile.
refusal-not-positive = { $amount } si zaidi ya sifuri. Toa kiasi kilicho zaidi ya sifuri; kurudisha nyuma, batilisha.
refusal-before-document = { $on } ni kabla ya { $document }, ya tarehe { $document_on }. Tumia { $document_on } au siku ya baadaye.
refusal-period-closed = { $on } iko katika kipindi kilichofungwa: kila kitu hadi { $closed_to } kimefungwa. Tumia siku ya baadaye, au omba kipindi kifunguliwe.
refusal-no-rate = Hakuna kiwango cha ubadilishaji cha { $currency } tarehe { $on } wala kabla yake. Ongeza kimoja pamoja na chanzo chake, kisha jaribu tena.
refusal-already-reversed = { $what } imeshabatilishwa; hakuna kilichobadilika. Hakuna zaidi la kufanya.
refusal-totals-differ = { $number }: jumla ya sehemu ni { $sum }, lakini jumla iliyoandikwa ni { $total }. Rekebisha sehemu au jumla, kisha andika tena.
refusal-clock-behind = Saa ya kompyuta hii inaonyesha { $now }, lakini ingizo la mwisho lilifungwa { $last }. Rekebisha saa, kisha jaribu tena; hakuna kilichoandikwa.
refusal-day-before = Siku ya { $last } imeshaendeshwa; { $today } ni ya kabla yake. Endesha ya { $last } au siku ya baadaye.
refusal-not-sealed-yet = Kilichojulikana { $known_at } bado kinaweza kubadilika: ufungaji wa mwisho ni { $last }. Omba wakati usiozidi huo, au usitaje wakati.
refusal-plan-gone = Mpango { $plan } haujulikani, au umeshatekelezwa. Fanya mpango mpya kwa --dry-run na uutazame kwanza.
refusal-sign-mismatch = { $number } iko upande usio sahihi: ankara ni zaidi ya sifuri na hupokea malipo, credit note ni chini ya sifuri na hupunguza deni. Chagua hati ya aina nyingine, au badilisha alama.
refusal-buckets = "{ $buckets }" haiwezi kuwa makundi ya umri wa madeni. Toa siku zinazopanda na zilizo zaidi ya sifuri, kama 30,60,90.
refusal-which-company =
    { $count ->
        [0] Kitabu hiki bado hakina kampuni. Tengeneza moja kwa "ideni init".
       *[other] Kitabu hiki kina kampuni { $count }: { $codes }. Sema ipi kwa --company CODE.
    }
refusal-nothing-open = { $customer } hana deni lililobaki, kwa hiyo hakuna la kufanya. Hakikisha ni mteja sahihi.
refusal-hold-end = Usitishaji lazima uishe baada ya leo ({ $today }); { $until } si baada ya leo. Toa siku ya baadaye.
refusal-promise-day = { $on } imepita: leo ni { $today }. Ahadi inahitaji leo au siku ya baadaye.
refusal-too-large = Nambari ya { $what } ni kubwa mno kuhifadhiwa kwa usahihi. Angalia kama ina tarakimu za ziada, au igawanye.
refusal-quarantined = { $what } ni ya kampuni ya majaribio na haiwezi kuchanganywa na za kweli. Fanya kazi katika kampuni ya kweli.
refusal-before-reversal = Haiwezi kuandikwa tarehe { $on }: kinachotumika kiliachiliwa na ubatilisho wa { $reversed_on }. Tumia tarehe { $reversed_on } au baadaye.
refusal-file-exists = { $file } ipo tayari na haibadilishwi. Ipe nakala jina lingine.
refusal-file-missing = Hakuna faili { $file }. Angalia jina na folda.
refusal-backup-broken = Nakala si kamili: { $cause }. Usiitumie; tengeneza mpya, au chukua ya zamani.
refusal-book-not-empty = Kitabu cha kujazwa si tupu. Taja kipya kwa --database.
refusal-no-book = { $file } si kitabu cha Ideni ({ $cause }). Taja kingine kwa --database; faili limeachwa lilivyo.
refusal-newer-book = Kitabu hiki kiliandikwa na Ideni mpya zaidi: majedwali yake yako { $number }, programu hii inajua { $ours }. Tumia programu mpya zaidi.
refusal-not-durable = PostgreSQL inaendeshwa na { $setting } = { $value }, na umeme ukikatika fedha zingepotea. Iweke on, kisha jaribu tena.

kind-account = akaunti ya fedha
kind-allocation = utengaji wa malipo
kind-company = kampuni
kind-customer = mteja
kind-identified-receipt = malipo yaliyotambuliwa
kind-invoice = ankara
kind-open-item = deni lililobaki
kind-receipt = malipo
kind-user = mtumiaji
kind-credit-note = hati ya kupunguza deni (credit note)
kind-hold = usitishaji
kind-message = ujumbe
kind-payment = malipo
kind-promise = ahadi ya kulipa

unusable-too-far-ahead = ni zaidi ya mwaka mmoja mbele, na hakuna siku ya kabla yake ingeweza kuendeshwa baadaye
unusable-issued-after-today = ankara hutolewa leo ({ $today }) au kabla yake
unusable-due-before-issue = ni kabla ya tarehe ya ankara yenyewe, { $issued_on }
unusable-received-after-today = fedha haziwezi kuwa zimeingia baada ya leo, { $today }
unusable-charges-above-gross = ada ni sehemu ya kiasi chote kilicholipwa
unusable-closed-already = funga siku iliyo baada ya { $closed_to } na isiyozidi leo, { $today }
unusable-close-after-today = funga siku isiyozidi leo, { $today }
unusable-not-closed = siku zilizofungwa tu ndizo zinaweza kufunguliwa tena
unusable-no-money-account = fedha huingia kwenye akaunti ya benki, ya pesa za simu au ya fedha taslimu
unusable-no-country-pack = kanuni za nchi zilizopo ni: { $known }
unusable-no-tin = nambari ya mlipakodi (TIN) ya Rwanda ina tarakimu tisa
unusable-no-role = majukumu ni { $known }
unusable-no-language = tunaandika kwa { $known }
unusable-promise-decided = tayari { $judged }
unusable-message-decided = tayari { $state }
unusable-other-currency = ankara iko kwa sarafu nyingine: sema kinacholipwa na kinachotoka kwenye malipo
unusable-own-currency = sarafu ya kampuni yenyewe haihitaji kiwango
unusable-not-an-amount = si kiasi
unusable-not-a-date = si tarehe; iandike kama 2026-08-31
unusable-hold-too-long = usitishaji hauzidi siku { $days }
unusable-steps-must-rise = ngazi na siku zake lazima zipande, na nafasi zisiwe chini ya sifuri
unusable-shared-reference = malipo { $count } yana kumbukumbu hii; taja mojawapo kwa kitambulisho chake (id)
unusable-money = { $why }

money-mixed = { $one } na { $other } haziwezi kujumlishwa
money-overflow = kiasi ni kikubwa mno
money-not-an-amount = "{ $text }" si kiasi
money-too-precise = "{ $text }" ina desimali zaidi ya za { $currency }
money-unknown-currency = "{ $text }" si msimbo wa sarafu (ISO 4217)
money-no-weights = ugawaji unahitaji uzito zaidi ya sifuri

action-read = kusoma kitabu hiki
action-company-init = kutengeneza kampuni
action-user-add = kuongeza mtumiaji
action-account-add = kuongeza akaunti ya fedha
action-customer-save = kuhifadhi wateja
action-import-customers = kuingiza wateja
action-import-invoices = kuingiza ankara
action-import-receipts = kuingiza malipo
action-import-rates = kuingiza viwango
action-invoice-issue = kutoa ankara
action-receipt-record = kuandika malipo
action-receipt-identify = kusema malipo ni ya nani
action-statement-import = kuingiza taarifa za benki
action-cash-apply = kutumia malipo kiotomatiki
action-allocation-add = kutumia malipo kwa ankara
action-allocation-reverse = kubatilisha utengaji wa malipo
action-write-off = kufuta deni
action-period-close = kufunga kipindi
action-period-reopen = kufungua kipindi
action-promise-add = kuandika ahadi
action-hold-add = kusitisha akaunti
action-day-turn = kuendesha siku
action-backup = kutengeneza nakala
state-draft = rasimu
state-sent = umetumwa
state-ignored = umepuuzwa
source-credit-note = hati ya kupunguza deni (credit note)
what-days = idadi ya siku
what-ageing = umri wa madeni
