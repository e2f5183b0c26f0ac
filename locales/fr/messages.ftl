# needs a native reader
# Ce que reçoit un débiteur, par étape. Lettres GSM-7 seulement (ni circonflexe, ni cédille minuscule, ni espace
# insécable) : une seule autre lettre double le prix d'un SMS. Variables comme en anglais.

message-pre-due-note-subject = { $company } : { $amount } à payer le { $due_on }
message-pre-due-note-body = Bonjour { $customer }, petit rappel amical : { $amount } pour { $invoices } arrive à échéance le { $due_on }. Pour payer : { $how_to_pay }. Merci. { $collector }, { $company }

message-reminder-1-subject = { $company } : rappel amical, { $amount }
message-reminder-1-body = Bonjour { $customer }, { $amount } pour { $invoices } était à payer le { $due_on }. Merci de payer par { $how_to_pay }. Si vous avez déjà payé, veuillez ignorer ce message. { $collector }, { $company }

message-reminder-2-subject = { $company } : deuxième rappel, { $amount }
message-reminder-2-body =
    Bonjour { $customer }, { $amount } pour { $invoices } a maintenant { $days_late ->
        [one] { $days_late } jour de retard.
       *[other] { $days_late } jours de retard.
    } Merci de payer par { $how_to_pay }, ou dites-moi quel jour vous convient ou ce qui ne va pas. { $collector }, { $company }

message-reminder-3-subject = { $company } : troisième rappel, { $amount }
message-reminder-3-body =
    { $customer }, nous attendons toujours { $amount } pour { $invoices }, avec { $days_late ->
        [one] { $days_late } jour de retard.
       *[other] { $days_late } jours de retard.
    } Merci de payer cette semaine par { $how_to_pay }. Si vous ne pouvez pas tout payer, appelez-moi pour convenir d'un plan. { $collector }, { $company }

message-final-notice-subject = { $company } : dernier avis, { $amount }
message-final-notice-body =
    Dernier avis. { $customer }, { $amount } pour { $invoices }, à payer le { $due_on }, a { $days_late ->
        [one] { $days_late } jour de retard.
       *[other] { $days_late } jours de retard.
    } Payez par { $how_to_pay } ou appelez-moi pour un plan. Sans réponse, nous y verrons votre choix et déciderons de la suite. { $collector }, { $company }

message-how-to-pay = MoMo ou virement, référence { $reference }
message-pay-by = { $way }, référence { $reference }
message-call-subject = Appeler { $customer } : { $amount }
message-call-body = Appeler { $customer } : { $amount } pour { $invoices }, échu le { $due_on }. Demander quel jour convient et noter la réponse.

# Ce qui accompagne un document.

message-invoice-subject = { $company } : facture { $number }, { $amount }
message-invoice-body = Bonjour { $customer }, voici la facture { $number } du { $on } : { $amount }, à payer le { $due_on }. Pour payer : { $how_to_pay }. Merci. { $collector }, { $company }

message-credit-note-subject = { $company } : avoir { $number }, { $amount }
message-credit-note-body = Bonjour { $customer }, voici l'avoir { $number } du { $on } : { $amount }. { $collector }, { $company }

message-receipt-subject = { $company } : nous avons bien encaissé { $amount }
message-receipt-body = Bonjour { $customer }, nous avons bien encaissé { $amount } le { $on }. Merci ; voici votre quittance. { $collector }, { $company }

message-statement-subject = { $company } : votre relevé de compte
message-statement-body = Bonjour { $customer }, voici votre relevé du { $on }. Le solde est de { $amount }. Si quelque chose ne va pas, dites-le-moi. { $collector }, { $company }

message-quote-subject = { $company } : offre { $number }, { $amount }
message-quote-body = Bonjour { $customer }, voici notre offre { $number } : { $amount }, valable jusqu'au { $due_on }. { $collector }, { $company }

refusal-not-a-letter = Ce message accompagne { $name }, qui est un document à part. Imprimez celui-là.
refusal-message-outdated = Le compte de { $customer } a changé depuis que ce message a été écrit. Ignorez-le et passez la journée : il est réécrit avec les montants d'aujourd'hui.
