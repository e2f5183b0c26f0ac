# needs a native reader
# The JSON API and its page.

# What is wrong with a request, before any action is asked: `api-` and the code. $cause is technical and in English.
api-not-json = Ibyoherejwe si JSON isomeka: { $cause }. Ohereza ikintu kimwe cya JSON muri UTF-8.
api-query-unreadable = Ibikurikira akamenyetso k'ikibazo ntibisomeka. Andika buri kimenyetso kitari inyuguti cyangwa umubare ukoresheje % n'imibare ibiri.
api-query-unknown = "{ $field }" ntishobora kujya mu byo wabajije: { $cause }. Yikuremo, cyangwa uyitange rimwe; ibizwi biri kuri /api/v1.
api-query-invalid = "{ $field }" iri mu byo wabajije ntishobora gukoreshwa: { $cause }. Reba icyo yemera kuri /api/v1.
api-path-unreadable = Inzira ntisomeka. Andika buri kimenyetso kitari inyuguti cyangwa umubare ukoresheje % n'imibare ibiri.
api-body-unexpected = Aha nta cyo kohereza gikenewe. Ongera wohereze ubusabe budafite ibibuherekeje.
api-idempotency-key-missing = Kwandika bisaba umutwe Idempotency-Key. Hitamo umwe kuri buri cyandikwa, kandi wongere wohereze uwo nyine nugerageza bundi bushya.
api-idempotency-key-invalid = Umutwe Idempotency-Key wemera ibimenyetso 1 kugeza ku 100 nta mwanya urimo. UUID irahagije.
api-key-missing = Ubaza ntazwi. Ohereza urufunguzo rwa API: "Authorization: Bearer ideni_…"; umuyobozi wa porogaramu arukora akoresheje "ideni api-key add".
api-key-unknown = Uru rufunguzo rwa API ntirubaho. Reba ko rwakopowe rwose, cyangwa usabe umuyobozi wa porogaramu urundi.
api-key-ended = Uru rufunguzo rwa API rwahagaritswe ku wa { $on }. Saba umuyobozi wa porogaramu urundi.
api-key-expired = Uru rufunguzo rwa API rwakoraga kugeza ku wa { $on }. Saba umuyobozi wa porogaramu urundi.
api-key-of-nobody = Uru rufunguzo rwa API rukorera { $user }, utagifite inshingano hano. Saba umuyobozi wa porogaramu urufunguzo rw'undi muntu.
api-out-of-scope = Uru rufunguzo rwa API ntirugera aho: rubura { $scope }. Saba umuyobozi wa porogaramu urufunguzo rubifite.
api-no-such-path = Nta { $path } iri hano. Urutonde rw'ibihari ruri kuri /api/v1.
api-method-not-allowed = { $method } ntishoboka hano. Ibishoboka: { $allowed }.
api-body-too-large = Ibyoherejwe birenze bayiti { $bytes }. Ohereza bike icyarimwe.
api-content-type = Ibyoherejwe bigomba kuba ari { $expected }. Bivuge mu mutwe Content-Type.
api-field-unknown = "{ $field }" ntizwi hano. Reba imyandikire, cyangwa uyikuremo; ibizwi biri kuri /api/v1.
api-field-missing = "{ $field }" irabura. Yuzuze wongere ugerageze.
api-field-invalid = "{ $field }" ntishobora gukoreshwa: { $cause }. Yikosore wongere ugerageze; ibyo yemera biri kuri /api/v1.
api-file-unreadable = Dosiye ntisomeka: { $why }. Nta cyinjijwe.
api-if-match-missing = Ibi bihindura inyandiko kandi bisaba umutwe If-Match: ETag y'inyandiko uko wayisomye. Yisome, hanyuma wohereze ETag yayo.
api-too-many-requests = Ubusabe bwabaye bwinshi mu gihe gito. Tegereza amasegonda { $seconds }, hanyuma ukomeze.
api-failed = Hari ikitagenze neza ku ruhande rwacu, kandi nta cyanditswe. Ongera ugerageze; nibisubira, bimenyeshe ucunga Ideni.
api-busy = Igitabo kirahuze, kandi nta cyanditswe. Ongera ugerageze mu isegonda rimwe.

field-expires-on = umunsi wa nyuma
field-scope = ibyo rwemerewe
kind-api-key = urufunguzo rwa API
action-api-key-add = gukora imfunguzo za API
action-api-key-end = guhagarika imfunguzo za API
command-key-shown-once = Kopa urufunguzo ubu: inyandiko yarwo ntibikwa kandi yerekanwa iyi nshuro gusa. Urufite akorera ukoresha warwo.

# The page at /api/v1.
doc-title = Ideni igenewe porogaramu
doc-lead = Ibikorwa byo ku mpapuro n'iby'amabwiriza, muri JSON binyuze kuri HTTP.
doc-rules = Amategeko
doc-key = Urufunguzo rukorera ukoresha, ntirurenze uburenganzira bwe, rukaguma mu byo rwemerewe.
doc-once = Buri cyandikwa kigira urufunguzo rwacyo: nicyoherezwa kabiri gikorwa rimwe kandi kigahabwa igisubizo kimwe.
doc-changes = Igisomwe kigira ikimenyetso; uhindura inyandiko asubiza ikimenyetso yayisomanye.
doc-pages = Intonde ziza ku mpapuro zitarenza imirongo 200; "next" ni aho urupapuro rukurikira rutangirira.
doc-values = Amafaranga ni imibare yanditse mu bice bikuru iri iruhande rw'ifaranga ryayo, iminsi ni ISO 8601, ibihe ni RFC 3339. Ibitazwi ntibyemerwa.
doc-limits = Urufunguzo rwemerewe ubusabe 100 mu isegonda, na 500 icyarimwe.
doc-errors = Buri kosa rifite imiterere imwe. Kode ntizihinduka, interuro ziza mu rurimi rwa Accept-Language.
doc-status = Uko byagenze
doc-meaning = Icyo bivuga
doc-scope = Ibyo rwemerewe:
doc-right = Uburenganzira:
doc-takes = Yakira:
doc-gives = Itanga:
doc-name = Izina
doc-place = Aho iri
doc-kind = Ubwoko
doc-needed = Irakenewe
doc-types = Ubwoko bw'ibyoherezwa
