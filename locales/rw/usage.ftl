# needs a native reader
# Ibyakoreshejwe: mubazi, ibyo amasezerano yishyuza rimwe, n'imirimo itarishyuzwa.

usage-line = { $what }, { $from }: { $old }, { $until }: { $new }
usage-line-corrected = { $what }, ikosora, { $from }: { $old }, { $until }: { $new }
usage-line-replaced = { $what }, mubazi yasimbuwe igeze kuri { $last } n'iyatangiriye kuri { $first }
usage-line-block = { $what }; { $low } kugeza { $high } { $unit }
usage-line-above = { $what }; hejuru ya { $low } { $unit }
unbilled-line = { $what }, { $day } ({ $proof })

kind-meter = mubazi
kind-reading = igipimo cya mubazi
kind-unbilled-work = umurimo utarishyuzwa
action-meter-read = gusoma mubazi
action-unbilled-save = kwandika imirimo itarishyuzwa
field-blocks = ibiciro
field-value = igipimo
field-new-meter = igipimo cya mbere cya mubazi nshya
field-done-on = umunsi umurimo wakozweho
field-proof = ikiwuhamya
field-percent = ijanisha cyangwa igipimo cy'ibiciro
field-used = ibyakoreshejwe

refusal-reading-order = Mubazi { $meter } ntishobora kugaragaza { $reading } ku wa { $on }: yagaragazaga { $other } ku wa { $other_on }. Genzura ibipimo byombi; niba mubazi yarasimbuwe, vuga igipimo cya mbere cy'inshya.
refusal-reading-there = Mubazi { $meter } yasomwe ku wa { $on }: { $reading }. Niba atari byo, bikosore utanga impamvu.
refusal-credit-first = Hishyujwe ibirenze ibyakoreshejwe mbere, birenze ibyo iyi nyemezabuguzi yagarura. Banza usubize inyemezabuguzi { $invoice }, imirongo { $lines } (umurongo:ingano); hanyuma wishyuze ibi.
refusal-unbilled-ended = Uyu murimo warangiye ku wa { $on }: { $became }. Nta cyahinduwe; nta kindi gisigaye gukorwa.
refusal-nothing-unbilled = Nta murimo wa { $customer } utegereje kwishyuzwa muri iri faranga. Banza wandike umurimo, cyangwa uhitemo undi mukiriya cyangwa irindi faranga.
unusable-no-tariff = andika igiciro kimwe (340), cyangwa ibyiciro birangirana n'ibisigaye byose: 5:340,20:720,*:845
unusable-blocks-must-rise = icyiciro kigera kuri { $up_to } ntikirenga { $before }; andika buri mupaka rimwe, uhereye ku muto
unusable-no-meter-reading = mubazi igaragaza zeru cyangwa hejuru yayo, munsi ya 1.000.000.000.000, n'imibare itandatu nyuma y'akitso
unusable-read-after-today = nta wasomye mubazi nyuma y'uyu munsi, { $today }
unusable-done-after-today = umurimo wo nyuma y'uyu munsi, { $today }, nturakorwa
unusable-no-index = igipimo cy'ibiciro kiri hejuru ya zeru, n'ijanisha riri hejuru ya -100
row-same-reading = iki gipimo gisanzwemo; nta cyakozwe
row-which-meter = contract: { $contract } ifite mubazi { $count }; vuga mubazi mu murongo
row-other-contract = meter: { $meter } ni iy'amasezerano { $of }, si { $contract }; kosora kimwe muri byo

report-unbilled = Imirimo yakozwe n'ibihe by'amasezerano bigejeje igihe, bitarishyuzwa, ku mukiriya n'igihe bimaze
title-unbilled = Ibitarishyuzwa
column-since = Kuva

page-contracts = Amasezerano
contracts-what = Ibyo abakiriya bishyuzwa buri gihe: ibikurikiraho, n'ibyo umuntu akwiye kureba.
contract-next = Ibizishyuzwa bikurikira
contract-is-unread = mubazi ntiyasomwe
contract-unread = ntizasomwe: { $meters }
contract-meter = Mubazi
contract-tariff = Ibiciro guhera ku wa
contract-correct-what = Ibyanditswe bigumaho. Ibyishyujwe muri byo bikosorwa n'inyemezabuguzi ikurikira.
contract-lines = Imirongo
contract-line-no = Nº
contract-list-price = igiciro cyo ku rutonde
contract-charges = Ibyishyuzwa rimwe
contract-billed = Ibimaze kwishyuzwa
contract-not-billed = Nta kirishyuzwa.
do-bill-contract = Andika ibigejeje igihe
do-record-reading = Andika igipimo
do-correct-reading = Kosora igipimo
done-reading-recorded = Igipimo cyanditswe.
done-reading-corrected = Igipimo cyakosowe.
contract-line-at-rate = { $what }, { $from } { $price } kuri { $from } 1 = { $to } { $rate }
unusable-no-payable-rate = igipimo ni umubare urenze zeru ufite imibare itarenze icyenda inyuma y'akitso, cyangwa "day"
field-payable = igipimo cy'amasezerano
charge-is-withdrawn = cyavanyweho
do-withdraw-charge = Kivaneho
done-charge-withdrawn = Ikiguzi cyavanyweho, ntikizishyuzwa.
kind-charge = ikiguzi cy'amasezerano
refusal-charge-billed = "{ $charge }" cyishyujwe mu nyemezabuguzi { $invoice }. Ahubwo gabanya umurongo wacyo aho.
refusal-charge-withdrawn = "{ $charge }" cyari cyaravanyweho ({ $reason }). Nta kindi gisigaye gukorwa.
kind-work-done = umurimo wakozwe
column-papers = Impapuro
