# needs a native reader
# Ibivugwa ku murongo winjijwe: uko wagenze, cyangwa impamvu nta cyakozwe. Field names stay as they are.

import-twin = byanditswe; { $number } ivuga bimwe ku yindi nimero: genzura niba atari fagitire imwe yanditswe kabiri
import-applied = { $amount } yahujwe na { $number }
import-nothing-applied = bwanditswe; nta cyahujwe na { $number }, kuko nta gisigaye kwishyurwa muri iri faranga
import-left-unapplied = bwanditswe buguma kuri konti: { $why }
import-same-customer = asanzwe azwi, amakuru ni amwe
import-same-rate = iki gipimo gisanzwe gihari
import-same-invoice = { $number } yamaze kwandikwa irimo bimwe; nta cyakozwe
import-same-receipt = ubu bwishyu bwamaze kwandikwa; nta cyakozwe
import-same-line = wamaze kwinjizwa; nta cyakozwe

import-refused = { $why }
import-unread = { $why }
import-at-line = umurongo { $line }: { $why }
import-line-of-document = umurongo { $line }: { $why }; wukosore wongere winjize inyandiko
import-needs = { $field }: nta kirimo; buri murongo urayikeneye
import-no-number = number: nta kirimo; andika nimero y'inyemezabuguzi ku murongo, cyangwa umwirondoro uyikore ([blank] number = "{ "{" }line{ "}" }")
import-no-line = umurongo nta ngano n'igiciro ufite
import-money = { $field }: { $why }
import-language = language: "{ $value }" si en, fr, rw cyangwa sw; andika rumwe muri zo cyangwa ureke hatagira ikijyamo
import-terms-days = terms_days: "{ $value }" si umubare w'iminsi; andika 30
import-credit-limit = credit_limit: "{ $value }" si umubare w'amafaranga; andika 500000, cyangwa none niba nta ntarengwa
import-rate = rate: { $value } igomba kurenga zeru, ikagira imibare itarenze icyenda inyuma y'akitso
import-kind = kind: "{ $value }" si invoice kandi si credit_note; andika kimwe muri byo
import-no-open-number = number: nta kirimo; andika nimero y'inyandiko muri dosiye, kugira ngo ubwishyu buyibone
import-no-date = issued_on: umurongo nta tariki ufite; ongeraho itariki cyangwa itariki ntarengwa
import-shared-name = customer: abakiriya benshi bitwa "{ $name }"; andika kode y'umwe muri bo
import-own-money-back = amafaranga yacu yagarutse; si ubwishyu bw'umukiriya
