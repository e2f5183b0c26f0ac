# needs a native reader
# Ikibazo kiri muri dosiye, ku murongo cyangwa mu kazu, cyangwa impamvu umurongo usigara; n'icyakorwa. Field names stay as
# they are. No plural categories here: CLDR has none for rw.

file-at-line = umurongo { $line }: { $why }
file-layout =
    { $ageing ->
        [yes] urutonde rw'amadeni hakurikijwe igihe amaze:{ " " }
       *[no] { "" }
    }{ $container ->
        [xlsx] XLSX, urupapuro "{ $sheet }"
        [xls] XLS, urupapuro "{ $sheet }"
        [html] urupapuro rwo kuri interineti
        [pdf] PDF
       *[csv] CSV muri { $encoding }, ikimenyetso gitandukanya { $delimiter ->
            [tab] tab
           *[other] "{ $delimiter }"
        }
    }, imitwe iri ku murongo wa { $header_line }, ikimenyetso cy'ibice by'umubare "{ $sign }"{ $sign_certain ->
        [no] { " (birakekwa)" }
       *[yes] { "" }
    }, amatariki { $dates ->
        [ymd] umwaka-ukwezi-umunsi
        [mdy] ukwezi kubanza
       *[dmy] umunsi ubanza
    }{ $dates_certain ->
        [no] { " (birakekwa)" }
       *[yes] { "" }
    }; inkingi: { $columns }{ $has_unused ->
        [yes] ; izitakoreshejwe: { $unused }
       *[no] { "" }
    }

file-not-found = nta dosiye { $path } ihari; reba izina n'ububiko
file-cannot-open = dosiye { $path } ntifunguka: { $cause }
file-is-folder = { $path } ni ububiko; vuga dosiye irimo
file-unreadable = dosiye ntisomeka kugeza ku iherezo ({ $cause }); ishobora kuba yaracitse, yongere uyizane
file-empty = dosiye nta kirimo; yongere uyisohore
file-binary = dosiye si inyandiko isomeka; yisohore nka CSV cyangwa XLSX
file-is-picture = dosiye ni ifoto, si imbonerahamwe; saba imbonerahamwe nka CSV cyangwa XLSX
file-is-packed = dosiye ihambiriye muri { $packing }; banza uyihambure
file-packed-too-large = dosiye ihambuwe iruta ibyo dusoma; yihambure uyigabanyemo

file-workbook-damaged = igitabo cya Excel ntigisomeka ({ $cause }); gifungure ucyongere ukibike nka .xlsx cyangwa CSV
file-workbook-too-large = igitabo cya Excel kiruta ibyo dusoma (igice cyacyo { $part }); kibike nka CSV cyangwa ukigabanyemo
file-workbook-password = igitabo cy'imibare gifunze n'ijambo ry'ibanga; gifungure, ukuremo ijambo ry'ibanga (kibike nta ryo), wongere ucyinjize
file-not-workbook = dosiye ni inyandiko ya Office ariko si igitabo cy'imibare; saba imbonerahamwe nka XLSX cyangwa CSV
file-page-without-table = dosiye ni urupapuro rwo kuri interineti rudafite imbonerahamwe, wenda urw'ikosa cyangwa urwo kwinjira muri banki; ongera uzane raporo ya konti

file-pdf-without-text = PDF nta nyandiko irimo, ni amafoto nk'ibyafotowe; saba banki raporo ya konti nka CSV cyangwa XLSX, cyangwa PDF ikorwa na porogaramu yayo
file-pdf-letters-unknown = PDF ntivuga inyuguti zigize inyandiko yayo; saba banki raporo ya konti nka CSV cyangwa XLSX
file-pdf-without-table = nta mbonerahamwe yabonetse muri PDF: nta murongo uvuga amazina y'inkingi, kandi nta mirongo itangizwa n'itariki; andika umwirondoro uvuga aho ziri, cyangwa usabe banki CSV cyangwa XLSX
file-pdf-password = PDF irafunze; yifungure, uyibike cyangwa uyicape nka PDF nta jambo ry'ibanga, winjize iyo, cyangwa usabe banki CSV cyangwa XLSX
file-pdf-damaged = PDF ntisomeka ({ $cause }); yongere uyizane, cyangwa usabe imbonerahamwe nka CSV cyangwa XLSX
file-pdf-too-large = PDF irimo ibirenze raporo ya konti; yinjize ukwezi ku kundi, cyangwa usabe CSV cyangwa XLSX
file-no-sheet = igitabo cya Excel nta rupapuro "{ $sheet }" gifite; impapuro zacyo ni: { $sheets }

file-no-header = imbonerahamwe nta kirimo: nta murongo w'imitwe ifite; yongere uyisohore
file-no-header-line = umwirondoro uvuga ko imitwe iri hano, ariko uwo murongo ntuhari; kosora header_line
file-headers-found = { $what }; imitwe yabonetse ni: { $headers }. Hindura izina ry'inkingi, cyangwa wandike umwirondoro uyigaragaza
file-no-column = imbonerahamwe nta nkingi ya "{ $field }" ifite
file-no-profile-column = umwirondoro usoma "{ $field }" mu nkingi "{ $column }" dosiye idafite
file-no-template-column = icyitegererezo "{ $template }" cy'umwirondoro kivuga inkingi "{ $column }" dosiye idafite
file-no-rule-column = itegeko ry'umwirondoro rireba inkingi "{ $column }" dosiye idafite
file-too-many-cells = umurongo ufite utuzu turenga { $most }; reba niba dosiye ari imbonerahamwe
file-line-too-long = umurongo urenga 1 MiB; reba niba dosiye ari imbonerahamwe ifite imirongo
file-quote-open = akuguruzo kafunguwe hano ntigafungwa; gafunge cyangwa ugakureho, wongere winjize
file-extra-cell = umurongo ufite utuzu { $cells } ariko imitwe ni { $header_cells } ("{ $value }" irarenga); shyira mu tuguruzo agaciro karimo ikimenyetso gitandukanya

file-profile = umwirondoro ntusomeka: { $cause }
file-profile-decimal = umwirondoro uvuga decimal = "{ $sign }"; andika "." cyangwa ","
file-profile-delimiter = umwirondoro uvuga delimiter = "{ $delimiter }"; andika ",", ";", "|" cyangwa "\t"
file-profile-encoding = umwirondoro uvuga encoding = "{ $encoding }"; andika utf-8, utf-16le cyangwa windows-1252
file-profile-field = umwirondoro uvuga umwanya "{ $field }"; imyanya iri hano ni: { $known }
file-template-open = icyitegererezo "{ $template }" cy'umwirondoro gifite akugarizo gafunguye; gafunge
file-rule-fits = itegeko rya "{ $column }" rikeneye starts_with cyangwa equals
file-rule-idle = itegeko rya "{ $column }" nta cyo rikora; riheshe set cyangwa skip
file-left-out = wasigaye: { $reason }

file-in-field = { $field }: { $why }
file-not-a-date = "{ $value }" si itariki; yandike nka 2026-08-31
file-other-date-order =
    "{ $value }" ntihuye n'andi matariki ya dosiye, yanditse { $dates ->
        [ymd] umwaka-ukwezi-umunsi
        [mdy] ukwezi kubanza
       *[dmy] umunsi ubanza
    }; yandike nka 2026-08-31
file-not-an-amount = "{ $value }" si umubare w'amafaranga; wandike nka 1234{ $sign }56
file-other-sign = "{ $value }" ntihuye n'ikimenyetso "{ $sign }" cya dosiye; wandike nka 1234{ $sign }56
file-not-whole = "{ $value }" si umubare wuzuye; wandike nka 30
file-money = { $why }

file-too-large-to-add = amafaranga ni menshi cyane ku buryo atateranywa; reba niba nta mibare irengaho
file-no-open-amount = umurongo nta mafaranga asigaye kwishyurwa ufite; yongeremo
file-buckets-differ = ibyiciro bitanga { $aged } ariko asigaye kwishyurwa avuga { $open }; kosora umurongo
file-no-customer = umurongo cyangwa umutwe uri hejuru ntibivuga umukiriya; mwongeremo
file-no-foreign-amount = umurongo uvuga { $currency } ariko ntuvuga asigaye muri iryo faranga; yongeremo
file-unknown-kind = "{ $value }" si ubwoko bw'inyandiko tuzi; andika invoice, credit note, payment cyangwa journal
file-above-zero = { $kind }: ku rutonde nk'uru ijya munsi ya zeru, ariko iyi iri hejuru; kosora ikimenyetso, cyangwa wandike invoice niba ari umwenda
difference-row = umurongo { $line }: igiteranyo kivuga { $told } ariko ibyiciro bitanga { $sum }, ari byo bifatwa
difference-heading = umurongo { $line }: igiteranyo cya { $label } kivuga { $told } ariko imirongo yacyo itanga { $sum }
difference-folded = umurongo { $line }: igiteranyo cya { $label } kivuga { $told } ariko nta murongo kirimo; fungura amatsinda yose wongere usohore
difference-rows-above = umurongo { $line }: igiteranyo kivuga { $told } ariko imirongo iri hejuru itanga { $sum }
difference-file = umurongo { $line }: igiteranyo cya dosiye yose kivuga { $told } ariko imirongo yayo itanga { $sum }

file-unknown-xml = dosiye ni XML, ariko si inyandiko ya banki (camt.052, 053 cyangwa 054) kandi si kopi y'ubutumwa bugufi; reba dosiye iyo ari yo
file-no-account = dosiye ya { $format } nta nyandiko ya konti irimo; saba banki inyandiko irimo ibyakozwe
file-no-statement = dosiye si inyandiko ya banki tuzi: igomba kugira itariki n'amafaranga (cyangwa debit na credit). Yasomwe itya: { $layout }. Saba banki camt.053, cyangwa wandike umwirondoro ugaragaza inkingi
file-row-without-amount = umurongo nta mafaranga ufite: ni ayasigaye kuri konti cyangwa icyitonderwa
file-row-without-date = umurongo nta tariki ufite; yongeremo wongere winjize
file-row-of-totals = ni igiteranyo cyangwa umubare wimuwe, si igikorwa kuri konti
file-debit-and-credit = umurongo ufite debit na credit; kosora kimwe muri byo
file-neither-side = "{ $value }" si debit kandi si credit; andika kimwe muri byo

file-breaks-off-at-entry = dosiye ntisomeka uhereye ku cyanditswe cya { $entry } ({ $cause }); yongere uyisabe banki
file-entry-without-date = icyanditswe nta tariki gifite
file-entry-bad-date = itariki y'icyanditswe si itariki
file-entry-without-amount = icyanditswe nta mafaranga gifite
file-entry-negative = amafaranga y'icyanditswe ari munsi ya zeru ({ $amount }), kandi amabwiriza atabyemera
file-entry-without-currency = umubare { $amount } nta faranga ufite
file-entry-without-side = icyanditswe ntikivuga niba ari credit cyangwa debit
file-entry-without-status = icyanditswe nta miterere gifite: gishobora kuba kitaremezwa
file-entry-status = imiterere "{ $status }" y'icyanditswe ntizwi
file-movement = ihinduka ":61:{ $value }" ntirisomeka; rigereranye n'urupapuro rwa banki
file-details-of-nothing = ibi bisobanuro nta hinduka bifite: iryabanje rishobora kuba ribura

file-entry-without-account = icyanditswe nta konti ya dosiye kirimo; gereranya n'inyandiko ya banki
file-bank-refused = banki yashubije ikosa mu mwanya w'inyandiko: { $code } { $message }; yongere uyisabe
file-definitions = dosiye ifite ibisobanuro byayo bwite (DOCTYPE), kandi nta banki ibyandika; yongere uyisabe banki
file-corrects = gikosora cyangwa gikuraho icyanditswe { $reference } banki yohereje mbere: hindura icyo ubwawe
file-withdrawn = muri iri tsinda banki ikuraho cyangwa ikosora ibyo yohereje mbere: gereranya n'ibyafashwe
file-securities = ibikorwa { $count } by'imigabane byasigaye: hasomwa amafaranga gusa
file-two-readings = "{ $value }" ishobora gusomwa mu buryo bubiri; gereranya n'umubare wa banki
file-dates-guessed =
    dosiye ntivuga uko amatariki yayo akurikirana; yasomwe { $dates ->
        [mdy] ukwezi kubanza
       *[dmy] umunsi ubanza
    }: gereranya amwe muri yo n'aya banki
file-cut-off = dosiye irangira idafite igice cyayo { $record }: hari imirongo ishobora kubura; yongere uyisabe banki
file-unknown-records = imirongo { $count } ya dosiye ni iy'ubwoko butazwi, yasigaye; uwa mbere ni: "{ $first }"
file-control-differs =
    dosiye ivuga ku { $what ->
        [records] mubare w'ibice byayo
        [accounts] mubare wa konti
        [groups] mubare w'amatsinda
        [debits] byasohotse
        [credits] byinjiye
        [sum] giteranyo cy'igenzura
       *[other] { $what }
    } { $said }, ariko irimo { $found }: hari ikibura cyangwa icyikubye kabiri; yongere uyisabe banki
file-coda-version = dosiye ni CODA ya verisiyo { $version }; saba banki verisiyo ya 2
file-parts-differ = ibice by'icyanditswe cya { $entry } bitanga { $parts } aho kuba { $whole }, afatwa yose
file-parts-unread = ibice by'icyanditswe cya { $entry } ntibiteranywa; gifatwa cyose
file-parts-missing = dosiye ivuga ko ibice by'icyanditswe cya { $entries } bikurikira, ariko ntabihari; buri cyose gifatwa cyose
file-part-without-whole = ni igice cy'icyanditswe kitari muri dosiye: gishobora kuba cyarabazwe

file-no-remittance = dosiye si inyandiko isobanura ubwishyu tuzi: ntivuga inyandiko n'amafaranga yazo; andika umwirondoro w'inkingi zayo, cyangwa wandike imirongo
file-remittance-differs = inyandiko ivuga { $total }, ariko imirongo yayo igera kuri { $sum }: baza uwishyuye ikiri cyo
file-remittance-row = { $gross } ukuyemo { $less } ntibingana na { $paid } umurongo uvuga ko byishyuwe: baza uwishyuye

file-not-xml = dosiye si XML; inyemezabuguzi yo mu ikoranabuhanga ni XML ya UBL cyangwa CII, iri muri PDF ibanza gukurwamo
file-einvoice-other-root = dosiye ni XML, ariko si inyemezabuguzi cyangwa inyandiko iyigabanya ya UBL 2.1 cyangwa UN/CEFACT CII: itangirwa na "{ $root }"; reba dosiye iyo ari yo
file-einvoice-too-large = dosiye iruta inyemezabuguzi zose dusoma ({ $most } MiB, ibimenyetso miliyoni ebyiri); reba dosiye iyo ari yo
file-einvoice-breaks-off = dosiye ntisomeka kugeza ku iherezo ({ $cause }); yongere uyisabe uwayohereje
file-einvoice-number = "{ $value }" muri { $element } si umubare nk'uko XML iwandika; saba uwayohereje dosiye ikosoye
file-einvoice-date = "{ $value }" muri { $element } si itariki; saba uwayohereje dosiye ikosoye

file-no-messages = kopi y'ubutumwa bugufi nta butumwa irimo; yongere uyisohore
file-breaks-off-after-message = dosiye icika nyuma y'ubutumwa bwa { $message } ({ $cause }); yongere uyisohore
file-other-sender = ubwohereje ni undi
file-several-senders = dosiye irimo ubutumwa bwa { $senders }: vuga ubw'iyi konti
file-two-accounts = ubutumwa buvuga konti ebyiri ntibuvuge iyawe: bwandike niba amafaranga yinjiye
file-message-without-day = ubutumwa ntibuvuga igihe byabereye: bwandike n'itariki yabwo
file-one-time-password = ijambo ry'ibanga rikoreshwa rimwe
file-unknown-message = ubutumwa bw'ubwoko butazwi
file-named-twice =
    ubutumwa buvuga kabiri { $piece ->
        [amount] amafaranga
        [fee] amafaranga ya serivisi
        [balance] ayasigaye
        [id] nimero y'igikorwa
        [external] nimero yo hanze
        [name] izina
        [ref] nimero
       *[at] igihe
    }; uwishyuye ashobora kuba yanditse kimwe muri byo
file-not-a-time = "{ $value }" si isaha
file-repeats = busubiramo ubutumwa bwa { $message }
file-same-id = bufite nimero y'ubutumwa bwa { $message } ariko amafaranga atandukanye
file-reversed = igikorwa cyasubijwe inyuma: shaka ubwishyu gikuraho
file-reversal-begun = gusubiza inyuma byatangiye: ubwishyu bushobora gukurwaho
file-mini-statement = umurongo w'incamake ya konti: ubutumwa bwawo bushobora kuba bubura

# Impamvu inkingi y'imbonerahamwe ya banki yitiranywa n'umwanya. Key: `guess-` and the code of formats::statement::Why.
guess-header = umutwe wayo urazwi
guess-dates = ibirimo byose ni amatariki
guess-profile = umwirondoro ni ko ubivuga
guess-running-balance = buri musigire ni uwabanje wongeweho igikorwa cyo ku murongo
guess-moves-balance = imisigire iyikomokaho
guess-one-of-two = buri murongo ufite iyi cyangwa iyo biteganye, ntugira zombi
guess-amounts = ibirimo byose ni amafaranga
guess-marks = ibirimo byose ni ibimenyetso byo gusohora cyangwa kwinjiza
guess-currencies = ibirimo byose ni amoko y'ifaranga
guess-unique = nta gaciro kagaruka kabiri
guess-telephones = ibirimo ni nimero za telefone
guess-words = ahanini ni amagambo
