# needs a native reader
# Ibyo porogaramu yanga: ibyabaye, ku ki, n'icyakorwa. No plural categories here: CLDR has none for rw.

refusal-not-allowed = { $user } ntiyemerewe: { $action }. Saba umuyobozi wa porogaramu uburenganzira, cyangwa ubisabe ubufite.
refusal-not-found = Ntibibonetse muri iyi sosiyete: { $kind } "{ $name }". Reba niba byanditse neza, cyangwa ushakire ku rutonde.
refusal-exists = "{ $name }" isanzwe ihari ({ $kind }). Koresha isanzwe, cyangwa uhitemo irindi zina.
refusal-other-content = { $number } yamaze kwandikwa mu bitabo irimo ibindi; nta cyahindutse. Yikosoze inyandiko igabanya inyemezabuguzi (credit note) cyangwa uyisubize inyuma, cyangwa uhe inshya indi nimero.
refusal-key-reused = Urufunguzo "{ $key }" rwakoreshejwe ku bundi busabe. Subiramo ubwo busabe uko bwari, cyangwa wohereze ubu n'urufunguzo rushya.
refusal-missing = "{ $field }" irabura. Yuzuze, wongere ugerageze.
refusal-invalid = "{ $field }" ntishobora kuba "{ $value }": { $reason }. Bikosore, wongere ugerageze.
refusal-invalid-empty = "{ $field }" ntishobora gukoreshwa: { $reason }. Bikosore, wongere ugerageze.
refusal-exceeds-open = Kuri { $item } hasigaye kwishyurwa { $open }; { $amount } arenze ayo. Shyiraho atarenze { $open }, asigaye agume kuri konti y'umukiriya.
refusal-exceeds-unapplied = Kuri { $source } hasigaye { $unapplied } atarakoreshwa; { $amount } arenze ayo. Koresha atarenze { $unapplied }, cyangwa ukoreshe ubundi bwishyu ku asigaye.
refusal-unidentified = Ntiharamenyekana uwishyuye { $source }. Banza uvuge umukiriya, ubone kuyikoresha.
refusal-other-customer = { $source } na { $item } si iby'umukiriya umwe cyangwa ifaranga rimwe, bityo kimwe ntigishobora kwishyura ikindi. Hitamo ibyo umukiriya umwe n'ifaranga rimwe.
refusal-not-positive = { $amount } ntarenze zeru. Tanga umubare urenze zeru; niba ushaka gusubiza inyuma, koresha gusubiza inyuma.
refusal-before-document = Itariki { $on } ibanziriza { $document }, yo ku wa { $document_on }. Koresha { $document_on } cyangwa itariki ikurikira.
refusal-period-closed = Itariki { $on } iri mu gihe cyafunzwe: byose kugeza ku wa { $closed_to } byarafunzwe. Koresha itariki ikurikira, cyangwa usabe ko icyo gihe gifungurwa.
refusal-no-rate = Nta gipimo cy'ivunjisha cya { $currency } gihari ku wa { $on } cyangwa mbere yaho. Cyongeremo n'aho cyavuye, wongere ugerageze.
refusal-already-reversed = { $what } yamaze gusubizwa inyuma; nta cyahindutse. Nta kindi cyo gukora.
refusal-totals-differ = { $number }: igiteranyo cy'ibice ni { $sum }, ariko igiteranyo cyanditse ni { $total }. Kosora ibice cyangwa igiteranyo, wongere uyandike.
refusal-clock-behind = Isaha y'iyi mudasobwa irerekana { $now }, ariko inyandiko ya nyuma yafunzwe { $last }. Shyira isaha ku gihe, wongere ugerageze; nta cyanditswe.
refusal-day-before = Umunsi wa { $last } wamaze gukorwa; { $today } iri mbere yawo. Kora uwa { $last } cyangwa ukurikira.
refusal-not-sealed-yet = Ibyari bizwi { $known_at } bishobora guhinduka: ibya nyuma byafunzwe { $last }. Saba igihe kitarenze icyo, cyangwa ntugire icyo utanga.
refusal-plan-gone = Gahunda { $plan } ntizwi, cyangwa yarakozwe. Kora gahunda nshya na --dry-run, ubanze uyirebe.
refusal-sign-mismatch = { $number } iri ku ruhande rutari rwo: inyemezabuguzi irenga zeru kandi ni yo yishyurwa, inyandiko iyigabanya (credit note) iri munsi ya zeru. Hitamo indi nyandiko, cyangwa uhindure ikimenyetso.
refusal-buckets = "{ $buckets }" ntibishobora kuba ibyiciro by'iminsi. Tanga iminsi izamuka kandi irenze zeru, nka 30,60,90.
refusal-which-company =
    { $count ->
        [0] Iki gitabo nta sosiyete kirimo. Yikore na "ideni init".
       *[n] Iki gitabo kirimo sosiyete { $count }: { $codes }. Vuga iyo ushaka na --company CODE.
    }
refusal-nothing-open = { $customer } nta cyo asigaje kwishyura, nta cyo gukora gihari. Reba niba ari we mukiriya washakaga.
refusal-hold-end = Guhagarika bigomba kurangira nyuma y'uyu munsi ({ $today }); { $until } si nyuma. Tanga itariki ikurikira.
refusal-promise-day = Itariki { $on } yararenze: uyu munsi ni { $today }. Isezerano risaba uyu munsi cyangwa itariki ikurikira.
refusal-too-large = Umubare wa { $what } ni munini cyane ku buryo utabikwa neza. Reba niba nta mibare irengaho, cyangwa uwugabanyemo.
refusal-quarantined = { $what } ni iby'isosiyete y'igerageza, ntibivangwa n'ibya nyabyo. Kora mu isosiyete nyayo.
refusal-before-reversal = Ntibishobora kwandikwa ku wa { $on }: ibikoreshwa byarekuwe n'isubirwaho ryo ku wa { $reversed_on }. Andika itariki ya { $reversed_on } cyangwa nyuma yaho.
refusal-file-exists = { $file } isanzwe ihari kandi ntisimburwa. Ha kopi irindi zina.
refusal-file-missing = Nta dosiye { $file } ihari. Reba izina n'ububiko.
refusal-backup-broken = Kopi si nzima: { $cause }. Ntuyikoreshe; kora indi, cyangwa ufate iya kera.
refusal-book-not-empty = Igitabo cyo kuzuza kirimo ibindi. Vuga igishya na --database.
refusal-no-book = { $file } si igitabo cya Ideni ({ $cause }). Vuga ikindi na --database; dosiye yagumye uko yari.
refusal-newer-book = Iki gitabo cyanditswe na Ideni nshya kurushaho: imbonerahamwe zacyo ziri kuri { $number }, iyi porogaramu izi { $ours }. Koresha porogaramu nshya.
refusal-not-durable = PostgreSQL ikora na { $setting } = { $value }, kandi umuriro ubuze amafaranga yatakara. Yishyire kuri on, wongere ugerageze.

kind-account = konti y'amafaranga
kind-allocation = ikoreshwa ry'ubwishyu
kind-company = isosiyete
kind-customer = umukiriya
kind-identified-receipt = ubwishyu bwamenyekanye
kind-invoice = inyemezabuguzi
kind-open-item = amafaranga asigaye kwishyurwa
kind-receipt = ubwishyu
kind-user = ukoresha porogaramu
kind-credit-note = inyandiko igabanya inyemezabuguzi
kind-hold = ihagarikwa
kind-message = ubutumwa
kind-payment = ubwishyu
kind-promise = isezerano ryo kwishyura

unusable-too-far-ahead = harenze umwaka, kandi nta munsi wa mbere yaho wakongera gukorwa nyuma yaho
unusable-issued-after-today = inyemezabuguzi itangwa uyu munsi ({ $today }) cyangwa mbere yaho
unusable-due-before-issue = ibanziriza itariki y'inyemezabuguzi, { $issued_on }
unusable-received-after-today = amafaranga ntashobora kuba yarinjiye nyuma y'uyu munsi, { $today }
unusable-charges-above-gross = ikiguzi kiri mu mafaranga yose yishyuwe
unusable-closed-already = funga umunsi uri nyuma ya { $closed_to } kandi utarenze uyu munsi, { $today }
unusable-close-after-today = funga umunsi utarenze uyu munsi, { $today }
unusable-not-closed = iminsi yafunzwe ni yo yonyine ifungurwa
unusable-no-money-account = amafaranga yinjira kuri konti ya banki, ya mobile money cyangwa y'amafaranga mu ntoki
unusable-no-country-pack = amategeko y'igihugu ahari ni aya: { $known }
unusable-no-tin = nimero y'usora (TIN) yo mu Rwanda ifite imibare icyenda
unusable-no-role = inshingano ni { $known }
unusable-no-language = twandika muri { $known }
unusable-promise-decided = byarangiye: { $judged }
unusable-message-decided = byarangiye: { $state }
unusable-other-currency = inyemezabuguzi iri mu rindi faranga: vuga ayishyurwa n'ava ku bwishyu
unusable-own-currency = ifaranga ry'isosiyete ntirikeneye igipimo
unusable-not-an-amount = si umubare w'amafaranga
unusable-not-a-date = si itariki; yandike nka 2026-08-31
unusable-hold-too-long = ihagarikwa ntirirenza iminsi { $days }
unusable-steps-must-rise = inzego n'iminsi yazo bigomba kuzamuka, kandi intera ntijye munsi ya zeru
unusable-shared-reference = ubwishyu { $count } bufite iyi nimero; vuga bumwe ku kirango cyabwo (id)
unusable-money = { $why }

money-mixed = { $one } na { $other } ntibiteranywa
money-overflow = amafaranga ni menshi cyane
money-not-an-amount = "{ $text }" si umubare w'amafaranga
money-too-precise = "{ $text }" ifite imibare inyuma y'akitso irenze iya { $currency }
money-unknown-currency = "{ $text }" si kode y'ifaranga (ISO 4217)
money-no-weights = kugabanya bisaba uburemere burenze zeru

action-read = gusoma iki gitabo
action-company-init = gukora isosiyete
action-user-add = kongeramo ukoresha porogaramu
action-account-add = kongeramo konti y'amafaranga
action-customer-save = kubika abakiriya
action-import-customers = kwinjiza abakiriya
action-import-invoices = kwinjiza inyemezabuguzi
action-import-receipts = kwinjiza ubwishyu
action-import-rates = kwinjiza ibipimo by'ivunjisha
action-invoice-issue = gutanga inyemezabuguzi
action-receipt-record = kwandika ubwishyu
action-receipt-identify = kuvuga uwishyuye
action-statement-import = kwinjiza inyandiko za banki
action-cash-apply = guhuza ubwishyu mu buryo bwikora
action-allocation-add = guhuza ubwishyu n'inyemezabuguzi
action-allocation-reverse = gusubiza inyuma ubwishyu bwahujwe
action-write-off = gusiba umwenda
action-period-close = gufunga igihe
action-period-reopen = gufungura igihe
action-promise-add = kwandika amasezerano
action-hold-add = guhagarika konti
action-day-turn = gukora umunsi
action-backup = gukora kopi
state-draft = burategerejwe
state-sent = bwoherejwe
state-ignored = bwirengagijwe
source-credit-note = inyandiko igabanya inyemezabuguzi
what-days = umubare w'iminsi
what-ageing = imyenda hakurikijwe igihe
