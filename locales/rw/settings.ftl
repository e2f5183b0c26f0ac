# needs a native reader
# Raporo, amagenamiterere, igitabo cy'ibyakozwe n'imirimo ifata igihe.

range-text = inyuguti zitarenze { $max }; bishobora kuba ubusa
range-sms = inyuguti zitarenze { $max } SMS ishobora gutwara; bishobora kuba ubusa
range-phone = nimero ya telefone; bishobora kuba ubusa
range-whole = umubare wuzuye kuva kuri { $from } kugeza kuri { $to }
range-one-of = kimwe muri { $known }
range-buckets = imibare y'iminsi itarenze umunani igenda izamuka, itandukanyijwe n'utwitso
range-limit = umubare w'amafaranga mu ifaranga ry'isosiyete, cyangwa none
range-prefix = inyuguti nkuru, imibare, "-" na "/" bitarenze { $max }, bitangizwa n'inyuguti

unusable-not-for-sms = SMS ntitwara { $letters }
unusable-out-of-range = hakenewe umubare wuzuye kuva kuri { $from } kugeza kuri { $to }
unusable-no-prefix = intangiriro igira inyuguti nkuru, imibare, "-" cyangwa "/" bitarenze { $max }, itangizwa n'inyuguti ikarangizwa n'inyuguti cyangwa umubare
unusable-before-today = ibyakozwe biguma uko byari byemejwe; tanga { $today } cyangwa undi munsi ukurikira
unusable-other-series = ikoreshwa ku bundi bwoko bw'inyandiko

action-setting-set = guhindura amagenamiterere y'isosiyete
action-setting-control = guhindura uko inyandiko zihabwa nimero n'igenzura
command-setting-same = { $name } byari bityo; nta cyahindutse.

setting-group-company = Isosiyete yanyu, uko abafite umwenda bayibona
setting-group-terms = Abakiriya bashya
setting-group-ageing = Imyenda hakurikijwe igihe
setting-group-numbering = Nimero z'inyandiko
setting-group-control = Igenzura
setting-name-shown = Izina rigaragara
setting-what-name-shown = Izina ry'isosiyete mu butumwa; iryanditswe iyo aha hari ubusa.
setting-address = Aderesi
setting-what-address = Aho isosiyete iboneka.
setting-phone = Telefone
setting-what-phone = Aho abafite umwenda bahamagara; ubutumwa buyishyira iruhande rw'izina ribusinya.
setting-how-to-pay = Uko bishyura
setting-what-how-to-pay = Ibyo ubutumwa buvuga nyuma ya "mwishyure kuri", mbere y'indango: "MoMo *182*8*1*123456#".
setting-terms-days = Iminsi yo kwishyura
setting-what-terms-days = Iminsi kuva inyemezabuguzi itanzwe kugeza ku itariki ntarengwa ku mukiriya mushya.
setting-message-language = Ururimi rw'ubutumwa
setting-what-message-language = Ururimi umukiriya mushya yandikirwamo.
setting-ageing-buckets = Inkingi z'igihe imyenda imaze
setting-what-ageing-buckets = Aho inkingi zigarukira mu minsi y'ubukererwe, iyo raporo itasabiwe izayo.
setting-invoice-prefix = Intangiriro ya nimero z'inyemezabuguzi
setting-what-invoice-prefix = Ibyo nimero z'inyemezabuguzi zacu zitangiriraho. Indi ntangiriro itangiza urundi ruhererekane rudacitsemo; ibyahawe nimero birayigumana.
setting-credit-note-prefix = Intangiriro ya nimero z'inyandiko zigabanya
setting-what-credit-note-prefix = Ni kimwe ku nyandiko zigabanya; byombi ntibisangira uruhererekane.
setting-write-off-limit = Urugero rwo gusiba umwenda
setting-idle-minutes = Iminota yo kutagira icyo ukora
setting-what-idle-minutes = Nyuma y'iyo minota nta cyo ukora, winjira bundi bushya.

field-name-shown = { setting-name-shown }
field-address = { setting-address }
field-phone = { setting-phone }
field-how-to-pay = { setting-how-to-pay }
field-terms-days = { setting-terms-days }
field-message-language = { setting-message-language }
field-ageing-buckets = { setting-ageing-buckets }
field-invoice-prefix = { setting-invoice-prefix }
field-credit-note-prefix = { setting-credit-note-prefix }
field-write-off-limit = { setting-write-off-limit }
field-idle-minutes = { setting-idle-minutes }
field-from = guhera
field-subject = ikintu
setting-what-write-off-limit = Amafaranga yose umuntu umwe ashobora gusiba ku nyemezabuguzi imwe; arenze aho asaba uwa kabiri.
setting-refund-approval = Gusubiza amafaranga bisaba babiri
setting-what-refund-approval = Niba gusubiza umukiriya amafaranga bisaba umuntu wa kabiri.
setting-duties = Inshingano zibangamirana
setting-what-duties = Uburenganzira bubiri bukwiye abantu babiri, nko kwakira amafaranga no gusiba umwenda: refused ibwima umuntu umwe, listed irabumuha ikabwandika.
setting-people = Abantu
setting-what-people = Niba isosiyete yemeza ko ifite umuntu umwe: ibisaba uwa kabiri bisaba impamvu n'igihe cyo gutegereza, kandi birandikwa.
setting-second-factor = Ikimenyetso cya kabiri
setting-what-second-factor = Niba buri wese agomba kwinjira akoresheje na kode yo kuri telefone ye.
unusable-counts-at-once = bitangira kubahirizwa ako kanya, si undi munsi
field-refund-approval = { setting-refund-approval }
field-duties = { setting-duties }
field-people = { setting-people }
field-second-factor = { setting-second-factor }
