# Usage: meters, what contracts bill once, and work that is not billed yet.

usage-line = { $what }, { $from }: { $old }, { $until }: { $new }
usage-line-corrected = { $what }, correction, { $from }: { $old }, { $until }: { $new }
usage-line-replaced = { $what }, meter replaced at { $last } by one at { $first }
usage-line-block = { $what }; { $low } to { $high } { $unit }
usage-line-above = { $what }; above { $low } { $unit }
unbilled-line = { $what }, { $day } ({ $proof })

kind-meter = meter
kind-reading = reading
kind-unbilled-work = unbilled work
action-meter-read = read meters
action-unbilled-save = write down unbilled work
field-blocks = tariff
field-value = reading
field-new-meter = first reading of the new meter
field-done-on = day of the work
field-proof = what proves it
field-percent = percentage or index
field-used = what was used

refusal-reading-order = Meter { $meter } cannot show { $reading } on { $on }: it showed { $other } on { $other_on }. Check both readings; if the meter was replaced, say with which first reading.
refusal-reading-there = Meter { $meter } was read on { $on } already: { $reading }. If that was wrong, correct it with a reason.
refusal-credit-first = Too much usage was billed before, more than this invoice can take back. Credit invoice { $invoice } first, lines { $lines } (line:quantity); then bill this.
refusal-unbilled-ended = This work is settled since { $on }: { $became }. Nothing was changed; there is nothing more to do.
refusal-nothing-unbilled = Nothing of { $customer } waits to be billed in this currency. Write the work down first, or choose another customer or currency.
unusable-no-tariff = write one price (340), or blocks that end with all the rest: 5:340,20:720,*:845
unusable-blocks-must-rise = the block up to { $up_to } does not end above { $before }; write each limit once, the smallest first
unusable-no-meter-reading = a meter shows zero or more, below 1,000,000,000,000, with at most six decimals
unusable-read-after-today = nobody has read the meter after today, { $today }
unusable-done-after-today = work of a day after today, { $today }, is not done yet
unusable-no-index = an index is above zero, and a percentage above -100
row-same-reading = this reading is there already; nothing was done
row-which-meter = contract: { $contract } has { $count } meters; name the meter in the row
row-other-contract = meter: { $meter } belongs to contract { $of }, not { $contract }; correct one of them

report-unbilled = Work that was done and periods of contracts that are due, and not billed yet, by customer and age
title-unbilled = Not billed yet
column-since = Since

page-contracts = Contracts
contracts-what = What customers are billed again and again: what comes next, and what a person should look at.
contract-next = Billed next
contract-is-unread = meter not read
contract-unread = not read: { $meters }
contract-meter = Meter
contract-tariff = Tariff from
contract-correct-what = What was recorded stays. What was billed of it is made up for with the next invoice.
contract-lines = Lines
contract-line-no = No.
contract-list-price = price of the catalogue
contract-charges = Billed once
contract-billed = Billed so far
contract-not-billed = Nothing of it is billed yet.
do-bill-contract = Post what is due
do-record-reading = Record the reading
do-correct-reading = Correct a reading
done-reading-recorded = The reading is recorded.
done-reading-corrected = The reading is corrected.
contract-line-at-rate = { $what }, { $from } { $price } at { $from } 1 = { $to } { $rate }
unusable-no-payable-rate = a rate is a number above zero with nine decimals at most, or "day"
field-payable = rate of the contract
charge-is-withdrawn = taken back
do-withdraw-charge = Take back
done-charge-withdrawn = The charge is taken back and is not billed.
kind-charge = charge of a contract
refusal-charge-billed = "{ $charge }" is billed with { $invoice } already. Credit its line there instead.
refusal-charge-withdrawn = "{ $charge }" was taken back before ({ $reason }). Nothing more is to be done.
kind-work-done = work that was done
column-papers = Papers
