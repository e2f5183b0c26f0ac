# needs a native reader
# Matumizi: mita, ambacho mikataba hutoza mara moja, na kazi ambayo bado haijatozwa.

usage-line = { $what }, { $from }: { $old }, { $until }: { $new }
usage-line-corrected = { $what }, sahihisho, { $from }: { $old }, { $until }: { $new }
usage-line-replaced = { $what }, mita ilibadilishwa ikiwa { $last } kwa nyingine ikiwa { $first }
usage-line-block = { $what }; { $low } hadi { $high } { $unit }
usage-line-above = { $what }; juu ya { $low } { $unit }
unbilled-line = { $what }, { $day } ({ $proof })

kind-meter = mita
kind-reading = usomaji wa mita
kind-unbilled-work = kazi ambayo haijatozwa
action-meter-read = kusoma mita
action-unbilled-save = kuandika kazi ambayo haijatozwa
field-blocks = bei za matumizi
field-value = usomaji
field-new-meter = usomaji wa kwanza wa mita mpya
field-done-on = siku ya kazi
field-proof = kinachoithibitisha
field-percent = asilimia au fahirisi
field-used = kilichotumika

refusal-reading-order = Mita { $meter } haiwezi kuonyesha { $reading } tarehe { $on }: ilionyesha { $other } tarehe { $other_on }. Kagua usomaji wote mawili; kama mita ilibadilishwa, sema usomaji wa kwanza wa mpya.
refusal-reading-there = Mita { $meter } ilishasomwa tarehe { $on }: { $reading }. Kama si sahihi, isahihishe kwa sababu.
refusal-credit-first = Matumizi mengi mno yalitozwa awali, zaidi ya ankara hii inavyoweza kurudisha. Kwanza toa hati ya mkopo kwa ankara { $invoice }, mistari { $lines } (mstari:idadi); kisha toza hii.
refusal-unbilled-ended = Kazi hii ilimalizwa tarehe { $on }: { $became }. Hakuna kilichobadilishwa; hakuna cha kufanya zaidi.
refusal-nothing-unbilled = Hakuna kazi ya { $customer } inayosubiri kutozwa kwa sarafu hii. Andika kazi kwanza, au chagua mteja au sarafu nyingine.
unusable-no-tariff = andika bei moja (340), au vikundi vinavyoishia na vyote vinavyobaki: 5:340,20:720,*:845
unusable-blocks-must-rise = kikundi cha hadi { $up_to } hakiishii juu ya { $before }; andika kila kikomo mara moja, kidogo kwanza
unusable-no-meter-reading = mita huonyesha sifuri au zaidi, chini ya 1,000,000,000,000, kwa desimali sita tu
unusable-read-after-today = hakuna aliyesoma mita baada ya leo, { $today }
unusable-done-after-today = kazi ya siku baada ya leo, { $today }, bado haijafanywa
unusable-no-index = fahirisi iko juu ya sifuri, na asilimia juu ya -100
row-same-reading = usomaji huu upo tayari; hakuna kilichofanywa
row-which-meter = contract: { $contract } una mita { $count }; taja mita kwenye mstari
row-other-contract = meter: { $meter } ni ya mkataba { $of }, si { $contract }; sahihisha moja

report-unbilled = Kazi iliyofanywa na vipindi vya mikataba vilivyofika, ambavyo bado havijatozwa, kwa mteja na umri
title-unbilled = Bado haijatozwa
column-since = Tangu

page-contracts = Mikataba
contracts-what = Wanachotozwa wateja tena na tena: kinachofuata, na ambacho mtu anapaswa kukiangalia.
contract-next = Itakayotozwa
contract-is-unread = mita haijasomwa
contract-unread = hazijasomwa: { $meters }
contract-meter = Mita
contract-tariff = Bei kuanzia
contract-correct-what = Kilichoandikwa kinabaki. Kilichotozwa kwacho kinarekebishwa kwa ankara inayofuata.
contract-lines = Mistari
contract-line-no = Na.
contract-list-price = bei ya orodha
contract-charges = Inayotozwa mara moja
contract-billed = Iliyotozwa hadi sasa
contract-not-billed = Bado hakuna kilichotozwa.
do-bill-contract = Andika kilichofika
do-record-reading = Andika usomaji
do-correct-reading = Sahihisha usomaji
done-reading-recorded = Usomaji umeandikwa.
done-reading-corrected = Usomaji umesahihishwa.
contract-line-at-rate = { $what }, { $from } { $price } kwa { $from } 1 = { $to } { $rate }
unusable-no-payable-rate = kiwango ni nambari juu ya sifuri yenye desimali tisa kwa wingi, au "day"
field-payable = kiwango cha mkataba
charge-is-withdrawn = imeondolewa
do-withdraw-charge = Iondoe
done-charge-withdrawn = Gharama imeondolewa na haitatozwa.
kind-charge = gharama ya mkataba
refusal-charge-billed = "{ $charge }" tayari imetozwa kwa { $invoice }. Badala yake punguza mstari wake huko.
refusal-charge-withdrawn = "{ $charge }" iliondolewa awali ({ $reason }). Hakuna zaidi la kufanya.
kind-work-done = kazi iliyofanyika
column-papers = Karatasi
