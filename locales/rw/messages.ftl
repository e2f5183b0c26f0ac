# needs a native reader
# Ibyo ufite umwenda yakira, kuri buri ntambwe. GSM-7 letters only; variables as in English.

message-pre-due-note-subject = { $company }: { $amount } azishyurwa ku wa { $due_on }
message-pre-due-note-body = Muraho { $customer }, turabibutsa ko { $amount } ya { $invoices } azishyurwa bitarenze { $due_on }. Mwishyure kuri { $how_to_pay }. Murakoze. { $collector }, { $company }

message-reminder-1-subject = { $company }: kwibutsa, { $amount }
message-reminder-1-body = Muraho { $customer }, { $amount } ya { $invoices } yagombaga kwishyurwa ku wa { $due_on }. Mwadufasha mukishyura kuri { $how_to_pay }. Niba mwamaze kwishyura, mwirengagize ubu butumwa. Murakoze. { $collector }, { $company }

message-reminder-2-subject = { $company }: kwibutsa ku nshuro ya kabiri, { $amount }
message-reminder-2-body =
    Muraho { $customer }, { $amount } ya { $invoices } amaze { $days_late ->
        [1] umunsi { $days_late } akererewe.
       *[n] iminsi { $days_late } akererewe.
    } Mwadufasha mukishyura kuri { $how_to_pay }, cyangwa mukambwira umunsi ubanogeye cyangwa ikibazo mufite. { $collector }, { $company }

message-reminder-3-subject = { $company }: kwibutsa ku nshuro ya gatatu, { $amount }
message-reminder-3-body =
    { $customer }, ntiturabona { $amount } ya { $invoices }, amaze { $days_late ->
        [1] umunsi { $days_late } akererewe.
       *[n] iminsi { $days_late } akererewe.
    } Nyamuneka mwishyure muri iki cyumweru kuri { $how_to_pay }. Niba mutayabona yose, mumpamagare twumvikane uko mwishyura mu byiciro. { $collector }, { $company }

message-final-notice-subject = { $company }: integuza ya nyuma, { $amount }
message-final-notice-body =
    Integuza ya nyuma. { $customer }, { $amount } ya { $invoices }, itariki ntarengwa { $due_on }, akererewe { $days_late ->
        [1] umunsi { $days_late }.
       *[n] iminsi { $days_late }.
    } Mwishyure kuri { $how_to_pay } cyangwa mumpamagare. Nimudasubiza tuzabifata nk'icyemezo cyanyu tugene igikurikira. { $collector }, { $company }

message-how-to-pay = MoMo cyangwa banki, nimero { $reference }
message-pay-by = { $way }, nimero { $reference }
message-call-subject = Hamagara { $customer }: { $amount }
message-call-body = Hamagara { $customer }: { $amount } ya { $invoices }, yagombaga kwishyurwa ku wa { $due_on }. Baza umunsi wakwishyurirwaho, wandike igisubizo.

# Ibijyana n'inyandiko.

message-invoice-subject = { $company }: inyemezabuguzi { $number }, { $amount }
message-invoice-body = Muraho { $customer }, dore inyemezabuguzi { $number } yo ku wa { $on } ya { $amount }, izishyurwa bitarenze { $due_on }. Mwishyure kuri { $how_to_pay }. Murakoze. { $collector }, { $company }

message-credit-note-subject = { $company }: nota y'ubwishyu { $number }, { $amount }
message-credit-note-body = Muraho { $customer }, dore nota y'ubwishyu { $number } yo ku wa { $on } ya { $amount }. { $collector }, { $company }

message-receipt-subject = { $company }: twakiriye { $amount }
message-receipt-body = Muraho { $customer }, twakiriye { $amount } ku wa { $on }. Murakoze; dore gitansi yanyu. { $collector }, { $company }

message-statement-subject = { $company }: raporo ya konti yanyu
message-statement-body = Muraho { $customer }, dore raporo ya konti yanyu yo ku wa { $on }. Asigaye ni { $amount }. Niba hari ikitagenda, mumbwire. { $collector }, { $company }

message-quote-subject = { $company }: igiciro { $number }, { $amount }
message-quote-body = Muraho { $customer }, dore igiciro cyacu { $number } cya { $amount }; kirangira ku wa { $due_on }. { $collector }, { $company }

refusal-not-a-letter = Ubu butumwa bujyana na { $name }, ari yo nyandiko ubwayo. Icapa iyo.
refusal-message-outdated = Konti ya { $customer } yahindutse kuva ubu butumwa bwandikwa. Bwirengagize maze uhindure umunsi: buzandikwa bundi bushya n'amafaranga y'uyu munsi.
