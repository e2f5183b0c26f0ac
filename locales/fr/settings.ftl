# needs a native reader
# Rapports, réglages, journal d'audit et travaux longs.

range-text = jusqu'à { $max } caractères ; peut être vide
range-sms = jusqu'à { $max } caractères qu'un SMS transporte ; peut être vide
range-phone = un numéro de téléphone ; peut être vide
range-whole = un nombre entier de { $from } à { $to }
range-one-of = un de { $known }
range-buckets = jusqu'à huit nombres de jours croissants, séparés par des virgules
range-limit = un montant dans la devise de la société, ou none
range-prefix = jusqu'à { $max } majuscules, chiffres, « - » et « / », en commençant par une lettre

unusable-not-for-sms = un SMS ne transporte pas { $letters }
unusable-out-of-range = il faut un nombre entier de { $from } à { $to }
unusable-no-prefix = un préfixe a jusqu'à { $max } majuscules, chiffres, « - » ou « / », commence par une lettre et finit par une lettre ou un chiffre
unusable-before-today = ce qui est fait reste comme décidé alors ; donnez le { $today } ou un jour suivant
unusable-other-series = il numérote l'autre type de document

action-setting-set = changer les réglages de la société
action-setting-control = changer la numérotation et les contrôles
command-setting-same = { $name } l'était déjà ; rien n'a changé.

setting-group-company = Votre société, vue par les débiteurs
setting-group-terms = Nouveaux clients
setting-group-ageing = Balance âgée
setting-group-numbering = Numérotation
setting-group-control = Contrôles
setting-name-shown = Nom affiché
setting-what-name-shown = Le nom de la société dans les messages ; le nom enregistré si c'est vide.
setting-address = Adresse
setting-what-address = Où se trouve la société.
setting-phone = Téléphone
setting-what-phone = Où les débiteurs appellent ; les messages le portent près du nom qui les signe.
setting-how-to-pay = Comment payer
setting-what-how-to-pay = Ce que disent les messages après « payez par », avant la référence : « MoMo *182*8*1*123456# ».
setting-terms-days = Jours pour payer
setting-what-terms-days = Jours de l'émission à l'échéance pour un nouveau client.
setting-message-language = Langue des messages
setting-what-message-language = La langue dans laquelle on écrit à un nouveau client.
setting-ageing-buckets = Colonnes de la balance âgée
setting-what-ageing-buckets = Limites supérieures des colonnes en jours de retard, quand un rapport est demandé sans les siennes.
setting-invoice-prefix = Préfixe des factures
setting-what-invoice-prefix = Le début des numéros de nos factures. Un autre préfixe commence une autre série sans trou ; ce qui est numéroté garde son numéro.
setting-credit-note-prefix = Préfixe des notes de crédit
setting-what-credit-note-prefix = De même pour les notes de crédit ; les deux ne partagent jamais une série.
setting-write-off-limit = Limite de passage en perte
setting-idle-minutes = Minutes d'inactivité
setting-what-idle-minutes = Après tant de minutes sans travail, la session finit et la personne se reconnecte.

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
field-from = à partir de
field-subject = chose
setting-what-write-off-limit = Combien d'une facture une personne peut abandonner en tout ; davantage en demande une deuxième.
setting-refund-approval = Remboursements à deux
setting-what-refund-approval = Si rendre de l'argent à un client demande une deuxième personne.
setting-duties = Fonctions incompatibles
setting-what-duties = Deux droits qui reviennent à deux personnes, comme encaisser et passer en perte : refused les refuse à une seule, listed les permet et les liste.
setting-people = Personnes
setting-what-people = Si la société déclare n'avoir qu'une personne : ce qui en demande deux prend alors un motif et un délai, et est listé.
setting-second-factor = Deuxième facteur
setting-what-second-factor = Si chacun doit se connecter avec un code de son téléphone en plus du mot de passe.
unusable-counts-at-once = cela compte tout de suite, et à partir d'aucun autre jour
field-refund-approval = { setting-refund-approval }
field-duties = { setting-duties }
field-people = { setting-people }
field-second-factor = { setting-second-factor }
