# What the commands say themselves: progress, advice, and why one did not do what was asked.
# Key: `command-` and the code of cli::said::Said; variables: its values. Commands and flags stay as they are.

command-no-book = There is no book at { $path }. Make one with ideni init --name "Your company", or name another with --database.
command-zone-unknown = The time zone { $zone } is unknown to this program.
command-in-file = { $file }: { $why }
command-in-list = { $file }: { $why }
command-backup-written = { $file } is written, opened and verified.
command-restored = { $book } holds the book now, verified and in quarantine: nothing is sent from it.
command-in-quarantine = This book was restored from a backup and is in quarantine: no message is marked as sent. If it is the book in use now: ideni quarantine lift --reason TEXT
command-quarantine-lifted = The quarantine is lifted.

command-no-book-yet = There is no book here yet. Make a company: ideni init --name "Your company" --tin 123456789
command-try-demo = Or look at a made-up one: ideni demo
command-no-invoices = No invoices yet. Take some in: ideni import invoices FILE.csv
command-receipts-waiting =
    { $count ->
        [one] { $count } receipt is not applied in full: ideni cash apply
       *[other] { $count } receipts are not applied in full: ideni cash apply
    }
command-apply-yourself = What it only proposes, apply yourself: ideni allocation add RECEIPT INVOICE
command-lines-waiting =
    { $count ->
        [one] { $count } statement line waits for a person: ideni statement review
       *[other] { $count } statement lines wait for a person: ideni statement review
    }
command-see-open = What is open: ideni ageing

command-instalment = "{ $value }" is not an instalment; write DATE:WEIGHT, as in 2026-09-30:50
command-line-of-document = "{ $value }" is not a line; write DESCRIPTION;QUANTITY;PRICE;CLASS, as in Rice 25 kg;10;30000;B, and a discount after it if there is one; or @CODE;QUANTITY for an item of the catalogue
command-credited-line = "{ $value }" is not a line; write NO or NO:QUANTITY, as in 1:2.5,3

command-needs-opening-day = { $file } is an ageing export: what was open on a day, no sales. Give the cut-over day, and it is the opening load: --opening-on YYYY-MM-DD
command-rows =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
command-all-refused =
    { $count ->
        [one] Nothing was saved: the only row is refused, see above.
       *[other] Nothing was saved: all { $count } rows are refused, see above.
    }
command-atomic-refused =
    { $count ->
        [one] Nothing was saved: { $count } row is refused and --atomic asks for all or none.
       *[other] Nothing was saved: { $count } rows are refused and --atomic asks for all or none.
    }
command-statement-too-large = { $file } has { $bytes } bytes, more than a statement can be. Split it by month.
command-does-not-add-up = opening + lines - closing = { $difference }: the file does not add up; compare it with the bank's own
command-lines-declared = the file declares { $declared } entries and has { $found }: it may be cut short; fetch it again from the bank
command-messages-missing =
    { $count ->
        [one] A message may be missing: the balance jumps (see gaps)
       *[other] { $count } messages may be missing: the balance jumps (see gaps)
    }

command-export-ending = { $file }: the name says how to write it. Name a file that ends in .xlsx or .csv.
command-export-pdf = { $file }: this version writes no PDF. Name a file that ends in .xlsx or .csv.
command-export-exists = { $file } is there already. Name another file, or write over it with --force.
command-print-ending = { $file }: a paper is written into a file that ends in .pdf.
command-exported =
    { $count ->
        [one] { $file }: { $count } row
       *[other] { $file }: { $count } rows
    }
command-sheet-full = A sheet holds 1,048,575 rows, and this is more. Export as CSV, or narrow the selection.
command-set-up-at = Ideni listens on { $address }. There is no company here yet. Set it up:

command-opening-differs =
    { $count ->
        [one] The opening load and { $file } differ for { $count } customer, see the column difference. Load what is missing, or correct the list and prove again.
       *[other] The opening load and { $file } differ for { $count } customers, see the column difference. Load what is missing, or correct the list and prove again.
    }
command-identities-broken =
    { $count ->
        [one] { $count } row breaks an identity: do not post anything more, keep a copy of the database and report it.
       *[other] { $count } rows break an identity: do not post anything more, keep a copy of the database and report it.
    }

command-making-demo = Making two years of a distributor's history; once, in less than a minute.
command-demo-ready = Every identity of the ledger holds. The book is { $book }.
command-demo-there = The demo is there already: { $book }. Delete the file to have it made anew.
command-listens-on = Ideni listens on { $address }.
command-sign-in-as = Sign in as:
command-stop-with = Stop with Ctrl+C.
command-trust-us =
    What is sent is encrypted with a certificate of Ideni's own, which browsers do not know: they warn. Make each computer and telephone trust it once:
      1. Copy { $file } to it, on a stick or by hand. The file is public; the others in its folder are secret.
      2. Compare its SHA-256 fingerprint with this one: { $fingerprint }
      3. Windows: open the file, Install Certificate, Local Machine, Trusted Root Certification Authorities.
         Mac: open it in Keychain Access, System, and choose Always Trust. Linux: in the browser's settings under Certificates, Authorities.
         Android: Settings, Security, Install a certificate, CA certificate. iPhone: install the profile, then General, About, Certificate Trust Settings.
         Firefox has its own list: Settings, Certificates, Authorities, Import.
    It can vouch for this machine and private addresses alone.

# Key: `demo-` and the code of demo::Stage.
demo-customers = the company and its customers
demo-day = { $on }
demo-checking = checking every identity of the book
demo-done = done

# Key: `failure-` and the kind of store::Error.
failure-disk-full = The disk is full: nothing of this action was saved. Free some space and do it again.
failure-again = The database asked to try again ({ $cause }). Do it once more.
failure-rolled-back = Nothing was written, as asked.

# Formulas in words. Key: `formula-` and the name of the ratio.
formula-dso = receivables / credit sales * days
formula-bpdso = current receivables / credit sales * days
formula-add = (receivables - current receivables) / credit sales * days
formula-cei_monthly = (begin + sales / months - end total) / (begin + sales / months - end current) * 100, the average month's sales
formula-cei_period = (begin + sales - end total) / (begin + sales - end current) * 100, the whole period's sales
formula-dso_countback = whole months of sales taken off the receivables, latest first, plus rest / that month's sales * its days
formula-straight_through = receipts applied in full by cash application alone / all receipts * 100
formula-for_people = all receipts - receipts applied in full by cash application alone

# What each report shows. Key: `report-` and its command.
report-ageing = What is open and how old it is
report-worklist = Whom to call next, and why
report-kpi = DSO, best possible DSO, ADD, count-back DSO, CEI and the straight-through rate, each with its formula
report-provision = What is expected to be lost of what is open, by a rate per bucket; nothing is posted
report-revaluation = What is open in foreign currencies, as booked and at the rate of a day; nothing is posted
report-opening-proof = What the opening load posted, by customer, beside the list it came from
report-journal = Every line of every entry, in the order of the days
report-sales = What was billed, by how it is taxed
report-certificates = Tax that customers withheld, and where its certificates stand
