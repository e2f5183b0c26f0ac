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

unusable-too-long = c'est plus long que { $max } caractères
unusable-unprintable = il contient des signes qui ne s'impriment pas
unusable-not-for-sms = un SMS ne transporte pas { $letters }
unusable-no-phone = ce n'est pas un numéro de téléphone
unusable-out-of-range = il faut un nombre entier de { $from } à { $to }
unusable-no-prefix = un préfixe a jusqu'à { $max } majuscules, chiffres, « - » ou « / », commence par une lettre et finit par une lettre ou un chiffre
unusable-before-today = ce qui est fait reste comme décidé alors ; donnez le { $today } ou un jour suivant
unusable-other-series = il numérote l'autre type de document

action-setting-set = changer les réglages de la société
action-setting-control = changer la numérotation et les contrôles
action-write-off-above-limit = passer en perte au-delà de la limite
command-setting-same = { $name } l'était déjà ; rien n'a changé.

setting-group-company = Votre société, vue par les débiteurs
setting-group-terms = Nouveaux clients
setting-group-ageing = Balance âgée
setting-group-numbering = Numérotation
setting-group-control = Contrôles
setting-name-shown = Nom affiché
setting-name-shown-what = Le nom de la société dans les messages ; le nom enregistré si c'est vide.
setting-address = Adresse
setting-address-what = Où se trouve la société.
setting-phone = Téléphone
setting-phone-what = Où les débiteurs appellent ; les messages le portent près du nom qui les signe.
setting-how-to-pay = Comment payer
setting-how-to-pay-what = Ce que disent les messages après « payez par », avant la référence : « MoMo *182*8*1*123456# ».
setting-terms-days = Jours pour payer
setting-terms-days-what = Jours de l'émission à l'échéance pour un nouveau client.
setting-message-language = Langue des messages
setting-message-language-what = La langue dans laquelle on écrit à un nouveau client.
setting-ageing-buckets = Colonnes de la balance âgée
setting-ageing-buckets-what = Limites supérieures des colonnes en jours de retard, quand un rapport est demandé sans les siennes.
setting-invoice-prefix = Préfixe des factures
setting-invoice-prefix-what = Le début des numéros de nos factures. Un autre préfixe commence une autre série sans trou ; ce qui est numéroté garde son numéro.
setting-credit-note-prefix = Préfixe des notes de crédit
setting-credit-note-prefix-what = De même pour les notes de crédit ; les deux ne partagent jamais une série.
setting-write-off-limit = Limite de passage en perte
setting-write-off-limit-what = Combien d'une facture peut être abandonné en tout ; au-delà, seul un administrateur le fait.
setting-idle-minutes = Minutes d'inactivité
setting-idle-minutes-what = Après tant de minutes sans travail, la session finit et la personne se reconnecte.
setting-duties = Fonctions incompatibles
setting-duties-what = Deux fonctions qui ne devraient pas se trouver chez une personne, comme encaisser et passer en perte : strict les refuse, listed les permet et liste ce qui fut fait.
setting-one-person = Une seule personne
setting-one-person-what = La société déclare n'avoir qu'une personne : ce qui en demande deux prend alors un motif et un délai, et est listé.
