# What is wrong with a file, a row or a cell, or why a line is left out; then what to do. Field names stay as they are.
# Key: `file-` and the code of formats::Fault, `difference-` and that of formats::ageing_export::Difference; variables:
# their values.

file-at-line = line { $line }: { $why }
file-layout =
    { $ageing ->
        [yes] ageing export:{ " " }
       *[no] { "" }
    }{ $container ->
        [xlsx] XLSX, sheet "{ $sheet }"
        [xls] XLS, sheet "{ $sheet }"
        [html] web page
        [pdf] PDF
       *[csv] CSV in { $encoding }, delimiter { $delimiter ->
            [tab] tab
           *[other] "{ $delimiter }"
        }
    }, header on line { $header_line }, decimal sign "{ $sign }"{ $sign_certain ->
        [no] { " (assumed)" }
       *[yes] { "" }
    }, dates { $dates ->
        [ymd] year-month-day
        [mdy] month first
       *[dmy] day first
    }{ $dates_certain ->
        [no] { " (assumed)" }
       *[yes] { "" }
    }; columns: { $columns }{ $has_unused ->
        [yes] ; not used: { $unused }
       *[no] { "" }
    }

file-not-found = there is no file { $path }; check the name and the folder
file-cannot-open = the file { $path } cannot be opened: { $cause }
file-is-folder = { $path } is a folder; name a file in it
file-unreadable = the file cannot be read to its end ({ $cause }); it may be cut off, so fetch it again
file-empty = the file is empty; export it again
file-binary = the file is not text but binary data; export it as CSV or XLSX
file-is-picture = the file is a picture and no table; ask for the table as CSV or XLSX
file-is-packed = the file is packed with { $packing }; unpack it first
file-packed-too-large = the packed file unpacks to more than we read; unpack and split it

file-workbook-damaged = the workbook cannot be read ({ $cause }); open it and save it again as .xlsx or as CSV
file-workbook-too-large = the workbook unpacks to more than we read (its part { $part }); save it as CSV or split it
file-workbook-password = the workbook is locked with a password; open it, take the password out (Save as, without a password), and take it in again
file-not-workbook = the file is an Office document but no workbook; ask for the table as XLSX or CSV
file-page-without-table = the file is a web page without a table, perhaps an error or sign-in page of the bank; fetch the statement again

file-pdf-without-text = the PDF has no text but pictures, as a scan has; ask the bank for the statement as CSV or XLSX, or as the PDF that its program makes
file-pdf-letters-unknown = the PDF does not say which letters its text is made of; ask the bank for the statement as CSV or XLSX
file-pdf-without-table = no table was found in the PDF: no line names its columns, and no lines begin with a date; write a profile that gives their places, or ask the bank for CSV or XLSX
file-pdf-password = the PDF is locked; open it, save or print it as a PDF without a password, and take that in, or ask the bank for CSV or XLSX
file-pdf-damaged = the PDF cannot be read ({ $cause }); fetch it again, or ask for the table as CSV or XLSX
file-pdf-too-large = the PDF holds more than a statement does; take it in month by month, or ask for CSV or XLSX
file-no-sheet = the workbook has no sheet "{ $sheet }"; its sheets are: { $sheets }

file-no-header = the table is empty: it has no header row; export it again
file-no-header-line = the profile says the header is here, but there is no such row; correct header_line
file-headers-found = { $what }; the headers found are: { $headers }. Rename the column, or write a profile that maps it
file-no-column = the table has no column for "{ $field }"
file-no-profile-column = the profile reads "{ $field }" from a column "{ $column }" that the file lacks
file-no-template-column = the profile's template "{ $template }" names a column "{ $column }" that the file lacks
file-no-rule-column = a rule of the profile looks at a column "{ $column }" that the file lacks
file-too-many-cells = the row has more than { $most } cells; check that the file is a table
file-line-too-long = the line is longer than 1 MiB; check that the file is a table with line breaks
file-quote-open = a quotation mark opened here is never closed; close or remove it, then import again
file-extra-cell = the row has { $cells } cells but the header has { $header_cells } ("{ $value }" is one too many); put quotation marks around a value that holds the delimiter

file-profile = the profile cannot be read: { $cause }
file-profile-decimal = the profile says decimal = "{ $sign }"; write "." or ","
file-profile-delimiter = the profile says delimiter = "{ $delimiter }"; write ",", ";", "|" or "\t"
file-profile-encoding = the profile says encoding = "{ $encoding }"; write utf-8, utf-16le or windows-1252
file-profile-field = the profile names a field "{ $field }"; the fields here are: { $known }
file-template-open = the profile's template "{ $template }" has an open brace; close it
file-rule-fits = the rule on "{ $column }" needs either starts_with or equals
file-rule-idle = the rule on "{ $column }" does nothing; give it set or skip
file-left-out = left out: { $reason }

file-in-field = { $field }: { $why }
file-not-a-date = "{ $value }" is not a date; write it as 2026-08-31
file-other-date-order =
    "{ $value }" does not fit the file's other dates, which are { $dates ->
        [ymd] year-month-day
        [mdy] month first
       *[dmy] day first
    }; write it as 2026-08-31
file-not-an-amount = "{ $value }" is not an amount; write it as 1234{ $sign }56
file-other-sign = "{ $value }" does not fit the file's decimal sign "{ $sign }"; write it as 1234{ $sign }56
file-not-whole = "{ $value }" is not a whole number; write it as 30
file-money = { $why }

file-too-large-to-add = the amounts are too large to add up; check them for extra digits
file-no-open-amount = the row has no open amount; add it
file-buckets-differ = the buckets come to { $aged } but the open amount says { $open }; correct the row
file-no-customer = neither the row nor a heading above it names a customer; add it
file-no-foreign-amount = the row names { $currency } but not what is open in it; add the amount
file-unknown-kind = "{ $value }" is no kind of document we know; write invoice, credit note, payment or journal
file-above-zero = { $kind }: in such a list it stands below zero, but this one is above; correct its sign, or write invoice if it is owed
difference-row = line { $line }: the total says { $told } but the buckets come to { $sum }, which is taken
difference-heading = line { $line }: the total of { $label } says { $told } but its rows come to { $sum }
difference-folded = line { $line }: the total of { $label } says { $told } but there are no rows under it; unfold every group and export again
difference-rows-above = line { $line }: a total says { $told } but the rows above come to { $sum }
difference-file = line { $line }: the total of the whole file says { $told } but its rows come to { $sum }

file-unknown-xml = the file is XML, but neither a bank statement (camt.052, 053 or 054) nor an SMS backup; check which file it is
file-no-account = the { $format } file holds no statement of an account; ask the bank for the statement with its movements
file-no-statement = the file is no statement we know: a statement table needs a date and an amount (or debit and credit). Read as { $layout }. Ask the bank for camt.053, or write a profile that maps the columns
file-row-without-amount = the row has no amount: a balance or a note
file-row-without-date = the row has no date; add it and import again
file-row-of-totals = a sum or a balance carried over, and no movement
file-debit-and-credit = the row has both a debit and a credit; correct one of them
file-neither-side = "{ $value }" is neither debit nor credit; write one of these

file-breaks-off-at-entry = the file cannot be read from entry { $entry } on ({ $cause }); fetch it again from the bank
file-entry-without-date = the entry has no booking date
file-entry-bad-date = the entry's booking date is no date
file-entry-without-amount = the entry has no amount
file-entry-negative = the entry's amount is below zero ({ $amount }), which the standard does not allow
file-entry-without-currency = the amount { $amount } has no currency
file-entry-without-side = the entry does not say whether it is a credit or a debit
file-entry-without-status = the entry has no status: it may not be booked
file-entry-status = the entry's status "{ $status }" is unknown
file-movement = the movement ":61:{ $value }" cannot be read; compare it with the bank's own statement
file-details-of-nothing = these details belong to no movement: the movement before them may be missing

file-entry-without-account = the entry stands outside of any account of the file; compare with the bank's own statement
file-bank-refused = the bank answered with an error instead of a statement: { $code } { $message }; fetch the statement again
file-definitions = the file carries definitions of its own (DOCTYPE), which no bank writes; fetch it again from the bank
file-corrects = it corrects or takes back entry { $reference } that the bank sent before: change that one by hand
file-withdrawn = with this group the bank takes back or corrects what it sent before: compare with what was taken in
file-securities = { $count } movements of securities are left out: only cash is read
file-two-readings = "{ $value }" can be read in two ways; compare with the bank's own figure
file-dates-guessed =
    the file does not tell the order of its dates; they are read { $dates ->
        [mdy] month first
       *[dmy] day first
    }: compare some of them with the bank's
file-cut-off = the file ends without its record { $record }: lines may be missing; fetch it again from the bank
file-unknown-records = { $count } lines of the file are of no known kind and are left out, the first: "{ $first }"
file-control-differs =
    the file says of its { $what ->
        [records] number of records
        [accounts] number of accounts
        [groups] number of groups
        [debits] debits
        [credits] credits
        [sum] control total
       *[other] { $what }
    } { $said }, but holds { $found }: something is missing or twice; fetch it again from the bank
file-coda-version = the file is CODA of version { $version }; ask the bank for version 2
file-parts-differ = the parts of entry { $entry } come to { $parts } and not to its { $whole }, which is taken whole
file-parts-unread = the parts of entry { $entry } cannot be added up; it is taken whole
file-parts-missing = the file says that parts of entry { $entries } follow, and they do not; each is taken whole
file-part-without-whole = it is a part of an entry that is not in the file: it may be counted already

file-no-remittance = the file is no remittance advice we know: it names no documents with amounts; write a profile that maps its columns, or take the rows in by hand
file-remittance-differs = the advice says that it comes to { $total }, but its rows come to { $sum }: ask the payer which is right
file-remittance-row = { $gross } less { $less } is not the { $paid } that the row says was paid: ask the payer

file-not-xml = the file is not XML; an e-invoice is XML in UBL or CII, and one inside a PDF is taken out of it first
file-einvoice-other-root = the file is XML, but no invoice or credit note in UBL 2.1 or UN/CEFACT CII: it begins with "{ $root }"; check which file it is
file-einvoice-too-large = the file is larger than any invoice we read ({ $most } MiB, two million tags); check which file it is
file-einvoice-breaks-off = the file cannot be read to its end ({ $cause }); ask the sender for it again
file-einvoice-number = "{ $value }" in { $element } is not a number as XML writes it; ask the sender for a corrected file
file-einvoice-date = "{ $value }" in { $element } is not a date; ask the sender for a corrected file

file-no-messages = the SMS backup has no messages; export it again
file-breaks-off-after-message = the file breaks off after message { $message } ({ $cause }); export it again
file-other-sender = another sender
file-several-senders = the file has messages of { $senders }: say whose belong to this account
file-two-accounts = the message names two accounts and does not say which one is yours: record it if money came in
file-message-without-day = the message does not say when it was: record it with its day
file-one-time-password = a one-time password
file-unknown-message = a message of an unknown kind
file-named-twice =
    the message names its { $piece ->
        [amount] amount
        [fee] fee
        [balance] balance
        [id] id
        [external] external id
        [name] name
        [ref] number
       *[at] time
    } twice; a payer may have written one of them
file-not-a-time = "{ $value }" is not a time
file-repeats = repeats message { $message }
file-same-id = has the id of message { $message } but another amount
file-reversed = a transaction was reversed: find the payment it takes back
file-reversal-begun = a reversal was started: the payment may be taken back
file-mini-statement = a line of a mini-statement: its own message may be missing

# Why a column of a bank's table is taken for a field. Key: `guess-` and the code of formats::statement::Why.
guess-header = its header is known
guess-dates = all its values are dates
guess-profile = the profile says so
guess-running-balance = each balance is the one before it with the row's movement
guess-moves-balance = the balances follow from it
guess-one-of-two = each row has this or its neighbour, never both
guess-amounts = all its values are amounts
guess-marks = all its values are marks of debit or credit
guess-currencies = all its values are currencies
guess-unique = no value comes twice
guess-telephones = its values are telephone numbers
guess-words = mostly words
