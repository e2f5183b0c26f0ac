# needs a native reader
# Kinachosemwa kuhusu mstari ulioingizwa: ulivyokuwa, au kwa nini hakuna kilichofanyika. Field names stay as they are.

row-twin = imeandikwa; { $number } inasema vivyo hivyo kwa nambari nyingine: hakikisha si ankara moja mara mbili
row-applied = { $amount } imeoanishwa na { $number }
row-nothing-applied = yameandikwa; hakuna kilichooanishwa na { $number }, ambayo haina deni lililobaki kwa sarafu hii
row-left-unapplied = yameandikwa na kubaki kwenye akaunti: { $why }
row-same-customer = anajulikana tayari kwa taarifa zilezile
row-same-rate = kiwango hiki kipo tayari
row-same-invoice = { $number } imeshaandikwa ikiwa na maudhui yaleyale; hakuna kilichofanyika
row-same-receipt = malipo haya yameshaandikwa; hakuna kilichofanyika
row-same-line = umeshaingizwa awali; hakuna kilichofanyika
row-same-movement = muamala uleule ulio katika faili lililoingizwa awali ({ $format }): { $said }
row-maybe-same-movement = huenda ni muamala uleule ulio katika faili lililoingizwa awali ({ $format }), wa kiasi kilekile karibu siku ileile: uondoe kama ndio, uurekodi kama ni mwingine

row-refused = { $why }
row-unread = { $why }
row-at-line = mstari { $line }: { $why }
row-line-of-document = mstari { $line }: { $why }; urekebishe na uingize hati tena
row-needs = { $field }: ni tupu; kila mstari unaihitaji
row-no-number = number: ni tupu; upe mstari nambari ya ankara, au acha wasifu uitengeneze ([blank] number = "{ "{" }line{ "}" }")
row-no-line = mstari hauna idadi na bei
row-money = { $field }: { $why }
row-language = language: "{ $value }" si en, fr, rw wala sw; andika mojawapo au acha wazi
row-terms-days = terms_days: "{ $value }" si idadi ya siku; andika 30
row-credit-limit = credit_limit: "{ $value }" si kiasi; andika 500000, au none kama hakuna kikomo
row-rate = rate: { $value } lazima iwe zaidi ya sifuri, na desimali zisizozidi tisa
row-kind = kind: "{ $value }" si invoice wala credit_note; andika mojawapo
row-no-open-number = number: ni tupu; ipe hati nambari yake katika faili, ili malipo yaipate
row-no-date = issued_on: mstari hauna tarehe; ongeza tarehe au tarehe ya mwisho ya kulipa
row-shared-name = customer: wateja kadhaa wanaitwa "{ $name }"; upe mstari msimbo wa mmoja wao
row-own-money-back = fedha zetu zilizorudi; si malipo ya mteja
