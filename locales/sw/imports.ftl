# needs a native reader
# Kinachosemwa kuhusu mstari ulioingizwa: ulivyokuwa, au kwa nini hakuna kilichofanyika. Field names stay as they are.

import-twin = imeingizwa; { $number } inasema vivyo hivyo kwa nambari nyingine: hakikisha si ankara moja mara mbili
import-applied = { $amount } imetumika kwa { $number }
import-nothing-applied = imeandikwa; hakuna kilichotumika kwa { $number }, ambayo haina deni lililobaki kwa sarafu hii
import-left-unapplied = imeandikwa na kubaki kwenye akaunti: { $why }
import-same-customer = anajulikana tayari kwa taarifa zilezile
import-same-rate = kiwango hiki kipo tayari
import-same-invoice = { $number } imeshaandikwa ikiwa na maudhui yaleyale; hakuna kilichofanyika
import-same-receipt = malipo haya yameshaandikwa; hakuna kilichofanyika
import-same-line = umeshaingizwa awali; hakuna kilichofanyika

import-refused = { $why }
import-unread = { $why }
import-at-line = mstari { $line }: { $why }
import-line-of-document = mstari { $line }: { $why }; urekebishe na uingize hati tena
import-needs = { $field }: ni tupu; kila mstari unaihitaji
import-no-number = number: ni tupu; upe mstari nambari ya ankara, au acha wasifu uitengeneze ([blank] number = "{ "{" }line{ "}" }")
import-no-line = mstari hauna idadi na bei
import-money = { $field }: { $why }
import-language = language: "{ $value }" si en, fr, rw wala sw; andika mojawapo au acha wazi
import-terms-days = terms_days: "{ $value }" si idadi ya siku; andika 30
import-credit-limit = credit_limit: "{ $value }" si kiasi; andika 500000, au none kama hakuna kikomo
import-rate = rate: { $value } lazima iwe zaidi ya sifuri, na desimali zisizozidi tisa
import-kind = kind: "{ $value }" si invoice wala credit_note; andika mojawapo
import-no-open-number = number: ni tupu; ipe hati nambari yake katika faili, ili malipo yaipate
import-no-date = issued_on: mstari hauna tarehe; ongeza tarehe au tarehe ya mwisho ya kulipa
import-shared-name = customer: wateja kadhaa wanaitwa "{ $name }"; upe mstari msimbo wa mmoja wao
import-own-money-back = fedha zetu zilizorudi; si malipo ya mteja
