# Reports, settings, the audit log and long work.

range-text = up to { $max } characters; may be empty
range-sms = up to { $max } characters that an SMS carries; may be empty
range-phone = a telephone number; may be empty
range-whole = a whole number from { $from } to { $to }
range-one-of = one of { $known }
range-buckets = up to eight numbers of days that rise, with commas between
range-limit = an amount in the company's currency, or none
range-prefix = up to { $max } capital letters, digits, "-" and "/", beginning with a letter

unusable-too-long = it is longer than { $max } characters
unusable-unprintable = it holds signs that cannot be printed
unusable-not-for-sms = an SMS does not carry { $letters }
unusable-no-phone = it is no telephone number
unusable-out-of-range = it is a whole number from { $from } to { $to }
unusable-no-prefix = a prefix has up to { $max } capital letters, digits, "-" or "/", begins with a letter and ends with a letter or digit
unusable-before-today = what was done stays as it was decided then; give { $today } or a later day
unusable-other-series = it numbers the other kind of document

action-setting-set = change the company's settings
action-setting-control = change numbering and controls
action-write-off-above-limit = write off above the limit
command-setting-same = { $name } was so already; nothing was changed.

setting-group-company = Your company, as debtors see it
setting-group-terms = New customers
setting-group-ageing = Ageing
setting-group-numbering = Numbering
setting-group-control = Controls
setting-name-shown = Name shown
setting-name-shown-what = The company's name in messages; the registered name where this is empty.
setting-address = Address
setting-address-what = Where the company is found.
setting-phone = Telephone
setting-phone-what = Where debtors call; messages carry it beside the name that signs them.
setting-how-to-pay = How to pay
setting-how-to-pay-what = What messages say after "Please pay by", before the reference: "MoMo *182*8*1*123456#".
setting-terms-days = Days to pay
setting-terms-days-what = Days from issue to due for a new customer.
setting-message-language = Language of messages
setting-message-language-what = The language in which a new customer is written to.
setting-ageing-buckets = Ageing columns
setting-ageing-buckets-what = Upper limits of the columns in days late, where a report is asked for without its own.
setting-invoice-prefix = Prefix of invoices
setting-invoice-prefix-what = What our own invoice numbers begin with. Another prefix begins another series without a gap; what was numbered keeps its number.
setting-credit-note-prefix = Prefix of credit notes
setting-credit-note-prefix-what = The same for credit notes; the two never share a series.
setting-write-off-limit = Write-off limit
setting-write-off-limit-what = How much of one invoice may be given up in all; above it only an administrator does it.
setting-idle-minutes = Idle minutes
setting-idle-minutes-what = After so many minutes without work a session ends and the person signs in again.
setting-duties = Conflicting duties
setting-duties-what = Two duties that should not meet in one person, such as receipts and write-offs: strict refuses them, listed allows them and lists what was done.
setting-one-person = One person only
setting-one-person-what = The company declares that it has one person: what needs a second one then takes a reason and a delay, and is listed.
