# needs a native reader
# Ibivugwa ku murongo winjijwe: uko wagenze, cyangwa impamvu nta cyakozwe. Field names stay as they are.

row-twin = yanditswe; { $number } ivuga bimwe ku yindi nimero: genzura niba atari fagitire imwe yanditswe kabiri
row-applied = { $amount } yahujwe na { $number }
row-nothing-applied = bwanditswe; nta cyahujwe na { $number }, kuko nta gisigaye kwishyurwa kuri yo muri iri faranga
row-left-unapplied = bwanditswe buguma kuri konti: { $why }
row-same-customer = asanzwe azwi, amakuru ni amwe
row-same-rate = iki gipimo gisanzwe gihari
row-same-invoice = { $number } yamaze kwandikwa irimo bimwe; nta cyakozwe
row-same-receipt = ubu bwishyu bwamaze kwandikwa; nta cyakozwe
row-same-line = wamaze kwinjizwa; nta cyakozwe
row-same-movement = ihinduka rimwe n'iryo muri dosiye yinjijwe mbere ({ $format }): { $said }
row-maybe-same-movement = bishoboka ko ari ihinduka rimwe n'iryo muri dosiye yinjijwe mbere ({ $format }), amafaranga angana n'umunsi hafi umwe: rikureho niba ari ryo, ryandike niba ari irindi

row-refused = { $why }
row-unread = { $why }
row-at-line = umurongo { $line }: { $why }
row-line-of-document = umurongo { $line }: { $why }; wukosore wongere winjize inyandiko
row-needs = { $field }: nta kirimo; buri murongo urayikeneye
row-no-number = number: nta kirimo; andika nimero y'inyemezabuguzi ku murongo, cyangwa umwirondoro uyikore ([blank] number = "{ "{" }line{ "}" }")
row-no-line = umurongo nta ngano n'igiciro ufite
row-money = { $field }: { $why }
row-language = language: "{ $value }" si en, fr, rw cyangwa sw; andika rumwe muri zo cyangwa ureke hatagira ikijyamo
row-terms-days = terms_days: "{ $value }" si umubare w'iminsi; andika 30
row-credit-limit = credit_limit: "{ $value }" si umubare w'amafaranga; andika 500000, cyangwa none niba nta ntarengwa
row-rate = rate: { $value } igomba kurenga zeru, ikagira imibare itarenze icyenda inyuma y'akitso
row-kind = kind: "{ $value }" si invoice kandi si credit_note; andika kimwe muri byo
row-no-open-number = number: nta kirimo; andika nimero y'inyandiko muri dosiye, kugira ngo ubwishyu buyibone
row-no-date = issued_on: umurongo nta tariki ufite; ongeraho itariki cyangwa itariki ntarengwa
row-shared-name = customer: abakiriya benshi bitwa "{ $name }"; andika kode y'umwe muri bo
row-own-money-back = amafaranga yacu yagarutse; si ubwishyu bw'umukiriya
