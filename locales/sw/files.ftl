# needs a native reader
# Kasoro ya faili, ya mstari au ya kisanduku, au kwa nini mstari umeachwa; na la kufanya. Field names stay as they are.

file-at-line = mstari { $line }: { $why }
file-layout =
    { $ageing ->
        [yes] orodha ya umri wa madeni:{ " " }
       *[no] { "" }
    }{ $container ->
        [xlsx] XLSX, karatasi "{ $sheet }"
        [xls] XLS, karatasi "{ $sheet }"
        [html] ukurasa wa wavuti
        [pdf] PDF
       *[csv] CSV kwa { $encoding }, kitenganishi { $delimiter ->
            [tab] tab
           *[other] "{ $delimiter }"
        }
    }, vichwa viko mstari { $header_line }, alama ya desimali "{ $sign }"{ $sign_certain ->
        [no] { " (imekisiwa)" }
       *[yes] { "" }
    }, tarehe { $dates ->
        [ymd] mwaka-mwezi-siku
        [mdy] mwezi kwanza
       *[dmy] siku kwanza
    }{ $dates_certain ->
        [no] { " (imekisiwa)" }
       *[yes] { "" }
    }; safu: { $columns }{ $has_unused ->
        [yes] ; zisizotumika: { $unused }
       *[no] { "" }
    }

file-not-found = hakuna faili { $path }; angalia jina na folda
file-cannot-open = faili { $path } halifunguki: { $cause }
file-is-folder = { $path } ni folda; taja faili lililomo
file-unreadable = faili halisomeki hadi mwisho ({ $cause }); huenda limekatika, lilete tena
file-empty = faili ni tupu; litoe tena
file-binary = faili si maandishi; litoe kama CSV au XLSX
file-is-picture = faili ni picha, si jedwali; omba jedwali kama CSV au XLSX
file-is-packed = faili limefungwa kwa { $packing }; lifungue kwanza
file-packed-too-large = faili likifunguliwa ni kubwa kuliko tunavyosoma; lifungue na uligawanye

file-workbook-damaged = kitabu cha Excel hakisomeki ({ $cause }); kifungue na ukihifadhi tena kama .xlsx au CSV
file-workbook-too-large = kitabu cha Excel ni kikubwa kuliko tunavyosoma (sehemu yake { $part }); kihifadhi kama CSV au kigawanye
file-workbook-password = kitabu cha hesabu kimefungwa kwa nenosiri; kifungue, ondoa nenosiri (kihifadhi bila nenosiri), kisha kilete tena
file-not-workbook = faili ni waraka wa Office lakini si kitabu cha hesabu; omba jedwali kama XLSX au CSV
file-page-without-table = faili ni ukurasa wa wavuti usio na jedwali, labda ukurasa wa kosa au wa kuingia wa benki; lete taarifa tena

file-pdf-without-text = PDF haina maandishi bali picha, kama hati iliyoskaniwa; omba benki taarifa kama CSV au XLSX, au PDF inayotengenezwa na programu yake
file-pdf-letters-unknown = PDF haisemi maandishi yake ni ya herufi gani; omba benki taarifa kama CSV au XLSX
file-pdf-without-table = hakuna jedwali lililopatikana kwenye PDF: hakuna mstari unaotaja safu zake, wala mistari inayoanza na tarehe; andika wasifu unaotaja mahali pake, au omba benki CSV au XLSX
file-pdf-password = PDF imefungwa; ifungue, ihifadhi au ichapishe kama PDF bila nenosiri na uilete hiyo, au omba benki CSV au XLSX
file-pdf-damaged = PDF haisomeki ({ $cause }); ilete tena, au omba jedwali kama CSV au XLSX
file-pdf-too-large = PDF ina zaidi ya taarifa ya benki; ilete mwezi kwa mwezi, au omba CSV au XLSX
file-no-sheet = kitabu cha Excel hakina karatasi "{ $sheet }"; karatasi zake ni: { $sheets }

file-no-header = jedwali ni tupu: halina mstari wa vichwa; litoe tena
file-no-header-line = wasifu unasema vichwa viko hapa, lakini mstari huo haupo; rekebisha header_line
file-headers-found = { $what }; vichwa vilivyopatikana ni: { $headers }. Badilisha jina la safu, au andika wasifu unaoionyesha
file-no-column = jedwali halina safu ya "{ $field }"
file-no-profile-column = wasifu unasoma "{ $field }" kutoka safu "{ $column }" ambayo faili halina
file-no-template-column = kiolezo "{ $template }" cha wasifu kinataja safu "{ $column }" ambayo faili halina
file-no-rule-column = kanuni ya wasifu inaangalia safu "{ $column }" ambayo faili halina
file-too-many-cells = mstari una visanduku zaidi ya { $most }; hakikisha faili ni jedwali
file-line-too-long = mstari unazidi 1 MiB; hakikisha faili ni jedwali lenye mistari
file-quote-open = alama ya nukuu iliyofunguliwa hapa haifungwi; ifunge au iondoe, kisha ingiza tena
file-extra-cell = mstari una visanduku { $cells } lakini vichwa ni { $header_cells } ("{ $value }" imezidi); weka alama za nukuu kwenye thamani yenye kitenganishi

file-profile = wasifu hausomeki: { $cause }
file-profile-decimal = wasifu unasema decimal = "{ $sign }"; andika "." au ","
file-profile-delimiter = wasifu unasema delimiter = "{ $delimiter }"; andika ",", ";", "|" au "\t"
file-profile-encoding = wasifu unasema encoding = "{ $encoding }"; andika utf-8, utf-16le au windows-1252
file-profile-field = wasifu unataja sehemu "{ $field }"; sehemu za hapa ni: { $known }
file-template-open = kiolezo "{ $template }" cha wasifu kina mabano yaliyo wazi; yafunge
file-rule-fits = kanuni ya "{ $column }" inahitaji starts_with au equals
file-rule-idle = kanuni ya "{ $column }" haifanyi kitu; ipe set au skip
file-left-out = umeachwa: { $reason }

file-in-field = { $field }: { $why }
file-not-a-date = "{ $value }" si tarehe; iandike kama 2026-08-31
file-other-date-order =
    "{ $value }" haiendani na tarehe nyingine za faili, zilizoandikwa { $dates ->
        [ymd] mwaka-mwezi-siku
        [mdy] mwezi kwanza
       *[dmy] siku kwanza
    }; iandike kama 2026-08-31
file-not-an-amount = "{ $value }" si kiasi; kiandike kama 1234{ $sign }56
file-other-sign = "{ $value }" haiendani na alama ya desimali "{ $sign }" ya faili; iandike kama 1234{ $sign }56
file-not-whole = "{ $value }" si nambari kamili; iandike kama 30
file-money = { $why }

file-too-large-to-add = viasi ni vikubwa mno kujumlishwa; angalia tarakimu za ziada
file-no-open-amount = mstari hauna kiasi kilichobaki; kiongeze
file-buckets-differ = makundi yanafikia { $aged } lakini kiasi kilichobaki kinasema { $open }; rekebisha mstari
file-no-customer = mstari wala kichwa kilicho juu yake havitaji mteja; mwongeze
file-no-foreign-amount = mstari unataja { $currency } lakini si kilichobaki kwa sarafu hiyo; ongeza kiasi
file-unknown-kind = "{ $value }" si aina ya hati tunayoijua; andika invoice, credit note, payment au journal
file-above-zero = { $kind }: katika orodha kama hii huwa chini ya sifuri, lakini hii iko juu; rekebisha alama yake, au andika invoice kama inadaiwa
difference-row = mstari { $line }: jumla inasema { $told } lakini makundi yanafikia { $sum }, ndiyo inayochukuliwa
difference-heading = mstari { $line }: jumla ya { $label } inasema { $told } lakini mistari yake inafikia { $sum }
difference-folded = mstari { $line }: jumla ya { $label } inasema { $told } lakini haina mistari; fungua makundi yote na utoe tena
difference-rows-above = mstari { $line }: jumla inasema { $told } lakini mistari ya juu inafikia { $sum }
difference-file = mstari { $line }: jumla ya faili zima inasema { $told } lakini mistari yake inafikia { $sum }

file-unknown-xml = faili ni XML, lakini si taarifa ya benki (camt.052, 053 au 054) wala nakala ya SMS; angalia ni faili gani
file-no-account = faili la { $format } halina taarifa ya akaunti; omba benki taarifa yenye miamala yake
file-no-statement = faili si taarifa tunayoijua: jedwali la taarifa linahitaji tarehe na kiasi (au debit na credit). Limesomwa hivi: { $layout }. Omba benki camt.053, au andika wasifu unaoonyesha safu
file-row-without-amount = mstari hauna kiasi: ni salio au maelezo
file-row-without-date = mstari hauna tarehe; iongeze na uingize tena
file-row-of-totals = ni jumla au salio lililohamishwa, si muamala
file-debit-and-credit = mstari una debit na credit; rekebisha moja
file-neither-side = "{ $value }" si debit wala credit; andika moja

file-breaks-off-at-entry = faili halisomeki kuanzia ingizo la { $entry } ({ $cause }); lilete tena kutoka benki
file-entry-without-date = ingizo halina tarehe
file-entry-bad-date = tarehe ya ingizo si tarehe
file-entry-without-amount = ingizo halina kiasi
file-entry-negative = kiasi cha ingizo kiko chini ya sifuri ({ $amount }), jambo ambalo kanuni hairuhusu
file-entry-without-currency = kiasi { $amount } hakina sarafu
file-entry-without-side = ingizo halisemi kama ni credit au debit
file-entry-without-status = ingizo halina hali: huenda halijathibitishwa
file-entry-status = hali "{ $status }" ya ingizo haijulikani
file-movement = muamala ":61:{ $value }" hausomeki; ulinganishe na taarifa ya benki yenyewe
file-details-of-nothing = maelezo haya si ya muamala wowote: uliotangulia huenda haupo

file-entry-without-account = ingizo halimo katika akaunti yoyote ya faili; linganisha na taarifa ya benki
file-bank-refused = benki ilijibu kwa kosa badala ya taarifa: { $code } { $message }; lete taarifa tena
file-definitions = faili lina fasili zake lenyewe (DOCTYPE), ambazo hakuna benki huandika; lilete tena kutoka benki
file-corrects = linarekebisha au kuondoa ingizo { $reference } lililotumwa na benki awali: badilisha hilo kwa mkono
file-withdrawn = kwa kundi hili benki inaondoa au kurekebisha ilichotuma awali: linganisha na kilichopokelewa
file-securities = miamala { $count } ya hisa imeachwa: fedha pekee husomwa
file-two-readings = "{ $value }" inaweza kusomwa kwa njia mbili; linganisha na tarakimu ya benki
file-dates-guessed =
    faili halisemi mpangilio wa tarehe zake; zimesomwa { $dates ->
        [mdy] mwezi kwanza
       *[dmy] siku kwanza
    }: linganisha baadhi na za benki
file-cut-off = faili linaisha bila rekodi yake { $record }: huenda mistari inakosekana; lilete tena kutoka benki
file-unknown-records = mistari { $count } ya faili ni ya aina isiyojulikana na imeachwa, wa kwanza: "{ $first }"
file-control-differs =
    faili linasema kuhusu { $what ->
        [records] idadi ya rekodi zake
        [accounts] idadi ya akaunti
        [groups] idadi ya makundi
        [debits] debit
        [credits] credit
        [sum] jumla ya ukaguzi
       *[other] { $what }
    } { $said }, lakini lina { $found }: kitu kinakosekana au kiko mara mbili; lilete tena kutoka benki
file-coda-version = faili ni CODA ya toleo { $version }; omba benki toleo la 2
file-parts-differ = sehemu za ingizo la { $entry } zinafikia { $parts } na si { $whole } yake, inayochukuliwa nzima
file-parts-unread = sehemu za ingizo la { $entry } hazijumlishiki; linachukuliwa zima
file-parts-missing = faili linasema sehemu za ingizo la { $entries } zinafuata, lakini hazipo; kila moja linachukuliwa zima
file-part-without-whole = ni sehemu ya ingizo lisilo kwenye faili: huenda imekwisha kuhesabiwa

file-no-remittance = faili si taarifa ya malipo tunayoijua: haitaji hati na kiasi chake; andika wasifu wa safu zake, au ingiza mistari kwa mkono
file-remittance-differs = taarifa inasema { $total }, lakini mistari yake inafikia { $sum }: muulize mlipaji lipi ni sahihi
file-remittance-row = { $gross } ukitoa { $less } si { $paid } ambazo mstari unasema zimelipwa: muulize mlipaji

file-not-xml = faili si XML; ankara ya kielektroniki ni XML ya UBL au CII, na iliyo ndani ya PDF hutolewa kwanza
file-einvoice-other-root = faili ni XML, lakini si ankara wala hati ya kupunguza deni ya UBL 2.1 au UN/CEFACT CII: linaanza na "{ $root }"; angalia ni faili gani
file-einvoice-too-large = faili ni kubwa kuliko ankara yoyote tunayosoma (MiB { $most }, alama milioni mbili); angalia ni faili gani
file-einvoice-breaks-off = faili halisomeki hadi mwisho ({ $cause }); liombe tena kwa aliyelituma
file-einvoice-number = "{ $value }" katika { $element } si namba kama XML inavyoandika; omba faili lililosahihishwa kwa aliyelituma
file-einvoice-date = "{ $value }" katika { $element } si tarehe; omba faili lililosahihishwa kwa aliyelituma

file-no-messages = nakala ya SMS haina ujumbe; itoe tena
file-breaks-off-after-message = faili linakatika baada ya ujumbe wa { $message } ({ $cause }); litoe tena
file-other-sender = mtumaji mwingine
file-several-senders = faili lina ujumbe wa { $senders }: sema ni wa nani kwa akaunti hii
file-two-accounts = ujumbe unataja akaunti mbili bila kusema ipi ni yako: uurekodi kama fedha ziliingia
file-message-without-day = ujumbe hausemi ilikuwa lini: uurekodi pamoja na tarehe yake
file-one-time-password = nenosiri la kutumika mara moja
file-unknown-message = ujumbe wa aina isiyojulikana
file-named-twice =
    ujumbe unataja mara mbili { $piece ->
        [amount] kiasi
        [fee] ada
        [balance] salio
        [id] nambari ya muamala
        [external] nambari ya nje
        [name] jina
        [ref] nambari
       *[at] saa
    }; huenda mlipaji aliandika mojawapo
file-not-a-time = "{ $value }" si saa
file-repeats = unarudia ujumbe wa { $message }
file-same-id = una nambari ya ujumbe wa { $message } lakini kiasi kingine
file-reversed = muamala umebatilishwa: tafuta malipo unayoyaondoa
file-reversal-begun = ubatilisho umeanzishwa: malipo yanaweza kuondolewa
file-mini-statement = mstari wa taarifa fupi: huenda ujumbe wake haupo

# Kwa nini safu ya jedwali la benki inachukuliwa kuwa sehemu fulani. Key: `guess-` and the code of formats::statement::Why.
guess-header = kichwa chake kinajulikana
guess-dates = thamani zake zote ni tarehe
guess-profile = wasifu unasema hivyo
guess-running-balance = kila salio ni lililotangulia pamoja na muamala wa mstari
guess-moves-balance = masalio yanatokana nayo
guess-one-of-two = kila mstari una hii au jirani yake, kamwe si zote
guess-amounts = thamani zake zote ni kiasi
guess-marks = thamani zake zote ni alama za kutoa au kuingiza
guess-currencies = thamani zake zote ni sarafu
guess-unique = hakuna thamani inayojirudia
guess-telephones = thamani zake ni namba za simu
guess-words = zaidi ni maneno
