# needs a native reader
# Ripoti, mipangilio, kumbukumbu ya ukaguzi na kazi ndefu.

range-text = hadi herufi { $max }; inaweza kuwa tupu
range-sms = hadi herufi { $max } zinazobebwa na SMS; inaweza kuwa tupu
range-phone = nambari ya simu; inaweza kuwa tupu
range-whole = namba kamili kutoka { $from } hadi { $to }
range-one-of = mojawapo ya { $known }
range-buckets = hadi namba nane za siku zinazopanda, zikitenganishwa kwa koma
range-limit = kiasi katika sarafu ya kampuni, au none
range-prefix = hadi herufi kubwa, tarakimu, "-" na "/" { $max }, zikianza na herufi

unusable-not-for-sms = SMS haibebi { $letters }
unusable-out-of-range = inahitajika namba kamili kutoka { $from } hadi { $to }
unusable-no-prefix = kiambishi kina hadi herufi kubwa, tarakimu, "-" au "/" { $max }, huanza kwa herufi na kuishia kwa herufi au tarakimu
unusable-before-today = yaliyofanywa hubaki kama ilivyoamuliwa; toa { $today } au siku ya baadaye
unusable-other-series = inatumika kwa aina nyingine ya hati

action-setting-set = kubadilisha mipangilio ya kampuni
action-setting-control = kubadilisha namba za hati na udhibiti
command-setting-same = { $name } ilikuwa hivyo tayari; hakuna kilichobadilika.

setting-group-company = Kampuni yako, kama wadaiwa wanavyoiona
setting-group-terms = Wateja wapya
setting-group-ageing = Umri wa madeni
setting-group-numbering = Namba za hati
setting-group-control = Udhibiti
setting-name-shown = Jina linaloonyeshwa
setting-what-name-shown = Jina la kampuni katika ujumbe; jina lililosajiliwa pakiwa tupu.
setting-address = Anwani
setting-what-address = Mahali kampuni inapopatikana.
setting-phone = Simu
setting-what-phone = Wadaiwa hupiga hapa; ujumbe huibeba kando ya jina linalousaini.
setting-how-to-pay = Namna ya kulipa
setting-what-how-to-pay = Ujumbe husema hivi baada ya "lipa kwa", kabla ya kumbukumbu: "MoMo *182*8*1*123456#".
setting-terms-days = Siku za kulipa
setting-what-terms-days = Siku kutoka kutolewa hadi tarehe ya mwisho kwa mteja mpya.
setting-message-language = Lugha ya ujumbe
setting-what-message-language = Lugha anayoandikiwa mteja mpya.
setting-ageing-buckets = Safu za umri wa madeni
setting-what-ageing-buckets = Vikomo vya juu vya safu kwa siku za kuchelewa, ripoti inapoombwa bila vyake.
setting-invoice-prefix = Kiambishi cha ankara
setting-what-invoice-prefix = Mwanzo wa namba za ankara zetu. Kiambishi kingine huanza mfululizo mwingine usio na pengo; zilizopewa namba huibaki nayo.
setting-credit-note-prefix = Kiambishi cha hati za mkopo (credit note)
setting-what-credit-note-prefix = Vivyo hivyo kwa hati za mkopo; mbili hizi hazishiriki mfululizo.
setting-write-off-limit = Kikomo cha kufuta deni
setting-idle-minutes = Dakika za kukaa bila kazi
setting-what-idle-minutes = Baada ya dakika hizo bila kazi, mtu huingia tena.

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
field-from = kuanzia
field-subject = kitu
setting-what-write-off-limit = Kiasi chote ambacho mtu mmoja anaweza kufuta cha ankara moja; zaidi huhitaji mtu wa pili.
setting-refund-approval = Kurejesha fedha huhitaji wawili
setting-what-refund-approval = Kama kumrejeshea mteja fedha kunahitaji mtu wa pili.
setting-duties = Majukumu yanayogongana
setting-what-duties = Haki mbili za watu wawili, kama kupokea malipo na kufuta madeni: refused huzinyima mtu mmoja, listed huziruhusu na kuziorodhesha.
setting-people = Watu
setting-what-people = Kama kampuni inatangaza kuwa ina mtu mmoja: yanayohitaji wa pili huchukua sababu na muda wa kusubiri, na huorodheshwa.
setting-second-factor = Kitambulisho cha pili
setting-what-second-factor = Kama kila mtu lazima aingie kwa msimbo wa simu yake pamoja na nenosiri.
unusable-counts-at-once = inaanza kutumika mara moja, si siku nyingine
field-refund-approval = { setting-refund-approval }
field-duties = { setting-duties }
field-people = { setting-people }
field-second-factor = { setting-second-factor }
