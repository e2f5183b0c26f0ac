# needs a native reader
# Ibyo porogaramu yanga: ibyabaye, ku ki, n'icyakorwa. No plural categories here: CLDR has none for rw.

refusal-not-allowed = { $user } ntiyemerewe: { $action }. Saba umuyobozi wa porogaramu uburenganzira, cyangwa ubisabe ubufite.
refusal-other-portfolio = { $user } ntiyemerewe hano: { $action }. Iyi konti ikurikiranwa na { $collector }. Baza { $collector } cyangwa umuyobozi.
refusal-not-found = Ntibibonetse muri iyi sosiyete: { $kind } "{ $name }". Reba niba byanditse neza, cyangwa ushakire ku rutonde.
refusal-no-company = Nta sosiyete "{ $name }" iri muri iki gitabo. Reba kode iri inyuma ya --company, cyangwa uyireke niba ari imwe gusa.
refusal-exists = Ibyitwa "{ $name }" bisanzwe bihari ({ $kind }). Koresha ibisanzwe, cyangwa uhitemo irindi zina.
refusal-other-content = { $number } yamaze kwandikwa mu bitabo irimo ibindi; nta cyahindutse. Yikosoze inyandiko igabanya inyemezabuguzi (credit note) cyangwa uyisubize inyuma, cyangwa uhe inshya indi nimero.
refusal-key-reused = Urufunguzo "{ $key }" rwakoreshejwe ku bundi busabe. Subiramo ubwo busabe uko bwari, cyangwa wohereze ubu n'urufunguzo rushya.
refusal-missing = Habura ikintu: { $field }. Huzuze, wongere ugerageze.
refusal-invalid = Ahanditse { $field }, "{ $value }" ntibyemewe: { $reason }. Bikosore, wongere ugerageze.
refusal-invalid-empty = Ibyanditse ahagenewe { $field } ntibyemewe: { $reason }. Bikosore, wongere ugerageze.
refusal-exceeds-open = Kuri { $item } hasigaye kwishyurwa { $open }; { $amount } arenze ayo. Fata atarenze { $open }.
refusal-already-settled = { $item } yarangije kwishyurwa: nta gisigaye. Reba niba nimero ari yo, cyangwa amafaranga agume kuri konti.
refusal-exceeds-unapplied = Kuri { $source } hasigaye { $unapplied } atarakoreshwa; { $amount } arenze ayo. Koresha atarenze { $unapplied }, cyangwa ukoreshe ubundi bwishyu ku asigaye.
refusal-exceeds-refundable = Kuri { $receipt } hasigaye { $unapplied } atarakoreshwa; { $amount } arenze ayo. Subiza atarenze { $unapplied }, cyangwa ubanze usubize inyuma ayakoreshejwe cyangwa ayasubijwe umukiriya.
refusal-unidentified = Ntiharamenyekana uwishyuye { $source }. Banza uvuge umukiriya, ubone kuyikoresha.
refusal-other-customer = { $source } na { $item } si iby'umukiriya umwe cyangwa ifaranga rimwe, bityo kimwe ntigishobora kwishyura ikindi. Hitamo ibyo umukiriya umwe n'ifaranga rimwe.
refusal-not-positive = { $amount } ntarenze zeru. Tanga umubare urenze zeru; niba ushaka gusubiza inyuma, koresha gusubiza inyuma.
refusal-before-document = Itariki { $on } ibanziriza { $document }, yo ku wa { $document_on }. Koresha { $document_on } cyangwa itariki ikurikira.
refusal-before-movement = { $item } yagize ubwishyu, igabanywa, isibwa ry'umwenda, isubizwa ry'amafaranga cyangwa isubirwaho ku wa { $moved_on }; itariki { $on } iri mbere yabyo. Koresha { $moved_on } cyangwa itariki ikurikira.
refusal-after-today = Itariki { $on } iri nyuma y'uyu munsi, { $today }: amafaranga ntashobora kuba yaragiye. Koresha uyu munsi cyangwa itariki yabanje.
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
refusal-file-exists = { $file } isanzwe ihari kandi ntisimburwa. Ha kopi irindi zina.
refusal-file-missing = Nta dosiye { $file } ihari. Reba izina n'ububiko.
refusal-backup-broken = Kopi si nzima: { $cause }. Ntuyikoreshe; kora indi, cyangwa ufate iya kera.
refusal-book-not-empty = Igitabo cyo kuzuza kirimo ibindi. Vuga igishya na --database.
refusal-no-book = { $file } si igitabo cya Ideni ({ $cause }). Vuga ikindi na --database; dosiye yagumye uko yari.
refusal-newer-book = Iki gitabo cyanditswe na Ideni nshya kurushaho: imbonerahamwe zacyo ziri kuri { $number }, iyi porogaramu izi { $ours }. Koresha porogaramu nshya.
refusal-not-durable = PostgreSQL ikora na { $setting } = { $value }, kandi umuriro ubuze amafaranga yatakara. Yishyire kuri on, wongere ugerageze.
refusal-no-address = Ideni ntishobora gukorera kuri { $address } ({ $cause }). Vuga indi aderesi na --listen.
refusal-quarantined = Iki gitabo cyagaruwe muri kopi kandi kiri mu kato, nta kigisohokamo; nta cyahindutse. Niba ari cyo gikoreshwa ubu, umuyobozi agikuramo akoresheje "ideni quarantine lift --reason IMPAMVU".
refusal-not-quarantined = Iki gitabo nticyari mu kato; nta cyahindutse. Nta cyo gukuraho.

kind-account = konti y'amafaranga
kind-allocation = ikoreshwa ry'ubwishyu
kind-company = isosiyete
kind-customer = umukiriya
kind-identified-receipt = ubwishyu bwamenyekanye
kind-invoice = inyemezabuguzi
kind-credit-note = inyandiko igabanya inyemezabuguzi
kind-hold = ihagarikwa
kind-message = ubutumwa
kind-payment = ubwishyu
kind-promise = isezerano ryo kwishyura
kind-open-item = amafaranga asigaye kwishyurwa
kind-receipt = ubwishyu
kind-refund = isubizwa ry'amafaranga
kind-user = ukoresha porogaramu
refusal-before-reversal = Ntibishobora kwandikwa ku wa { $on }: ibikoreshwa byarekuwe n'isubirwaho ryo ku wa { $reversed_on }. Andika itariki ya { $reversed_on } cyangwa nyuma yaho.
kind-dispute = ikibazo
refusal-exceeds-undisputed = { $item } isigaranye { $undisputed } itariho ikibazo; { $amount } irenze ayo. Shyira ikibazo ku atarenze { $undisputed }, cyangwa ubanze urangize ikindi kibazo.
refusal-dispute-ended = Iki kibazo cyarangiye ku wa { $on }: { $outcome }. Nta cyahindutse; andika ikindi niba umukiriya yongeye kutemera.
kind-holiday = umunsi w'ikiruhuko
kind-statement-line = umurongo wa banki
refusal-line-decided = Umurongo { $line } wafatiwe umwanzuro ku wa { $on }: { $reason }. Nta cyahindutse; nta kindi cyo gukora.
refusal-line-recorded = { $line } yanditswe nk'ubwishyu ku wa { $on }; nta cyahindutse. Nta kindi cyo gukora.
kind-upload = dosiye yarebwe
unusable-not-understood = ntibyumvikanye ({ $cause }). Subira ku rupapuro wongere uzuze.
unusable-too-long = ntihajyamo inyuguti zirenze { $most }.
unusable-control-character = harimo inyuguti itandikika. Ongera wandike.
refusal-outcome-alone = "{ $attempt }" igenda yonyine: ntijyana n'ikindi cyavuye mu guhamagara, cyangwa n'abihamagariye. Gumana icyabaye, ibindi ubikureho.
refusal-callback-done = { $by } yarangije guhamagara ku wa { $on }. Nta cyahinduwe; nta kindi cyo gukora.
refusal-note-corrected = { $by } yamaze gukosora iki cyanditswe. Kosora ikiheruka.
kind-callback = guhamagara kwasabwe
kind-note = icyanditswe
kind-paper = inyandiko
kind-view = urutonde rwabitswe
