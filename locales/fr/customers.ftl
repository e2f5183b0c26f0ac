# Needs a native reader.
# Customers, their contacts and bank details, and what waits for a second person.

# Why a value cannot be used.
unusable-no-phone = ce n'est pas un numéro de téléphone ; écrivez-le 0788 123 456, un numéro étranger avec son +
unusable-no-email = ce n'est pas une adresse e-mail ; écrivez-la nom@societe.rw
unusable-no-time-of-day = ce n'est pas une heure ; écrivez-la 08:30
unusable-ends-before-begin = il faut une heure après { $begin }
unusable-no-account-number = un numéro de compte a de 5 à 34 lettres et chiffres
unusable-contact-ended = ce contact a pris fin ; ajoutez la personne de nouveau
unusable-whole-number = donnez un nombre entier de { $from } à { $to }

# What a person may do.
action-customer-merge = fusionner des clients
action-contact-save = enregistrer des contacts
action-bank-details-save = enregistrer des coordonnées bancaires
action-bank-details-read = lire les coordonnées bancaires en entier
action-approval-ask = demander une approbation
action-approval-decide = décider des demandes

# Why two customers may be one. Key: `alike-` and the code of receivables::customer::duplicate::Alike.
alike-tin = le même NIF (TIN), { $tin }
alike-phone = le même numéro de téléphone, { $phone }
alike-same-name = le même nom
alike-near-name = presque le même nom

# What commands say.
command-waits-for-approval = Ceci attend une deuxième personne, comme demande { $id } : ideni approval approve { $id }

# Fields of customers, contacts and bank details.
field-call-from = appeler à partir de
field-call-to = appeler jusqu'à
field-collector = agent de recouvrement
field-contact = contact
field-credit-limit = plafond de crédit
field-days = jours
field-district = district
field-email = e-mail
field-gap = manquant
field-holder = titulaire du compte
field-institution = banque ou portefeuille mobile
field-phone = téléphone
field-purse = détenu en
field-terms-days = jours pour payer

# Codes of customers, contacts, bank details and requests.
customer-business = entreprise
customer-person = personne
language-en = anglais
language-fr = français
language-rw = kinyarwanda
language-sw = swahili
position-accounts-payable = comptabilité fournisseurs
position-manager = gérant
position-owner = propriétaire
position-legal = service juridique
position-other = autre
purse-bank = compte bancaire
purse-wallet = argent mobile
limit-unset = non décidé
limit-none = sans plafond
limit-amount = un montant
gap-tin = NIF (TIN)
gap-phone = téléphone
gap-email = e-mail
gap-language = langue
gap-terms = jours pour payer
gap-limit = plafond de crédit
gap-collector = agent de recouvrement
request-bank-details = Coordonnées bancaires
request-write-off = Passage en perte
request-credit-note = Avoir
request-refund = Remboursement
decision-waiting = en attente
decision-approved = approuvée
decision-rejected = refusée
decision-withdrawn = retirée

# Pages: the list of customers.
page-customers = Clients
page-gaps = Données manquantes
page-duplicates = Doublons possibles
page-approvals = Approbations
do-new-customer = Nouveau client
do-edit = Modifier
do-save = Enregistrer
customers-find = Nom, code, NIF ou téléphone
customers-all = tous
customers-nobody = personne
customers-none = Aucun client ne correspond. Demandez moins, ou montrez tout.
customers-show-all = Tout montrer
customer-merged = fusionné

# One customer.
customer-account = Ouvrir le compte
customer-data = Données
customer-language = Langue des messages
customer-limit-amount = Plafond de crédit en { $currency }
customer-contacts = Contacts
customer-payers = Qui paie pour ce client
payer-learned-from = appris de { $receipt }
payers-none = Personne n'est encore connu. Celui que vous nommez pour un encaissement sera reconnu la prochaine fois.
customer-bank = Coordonnées bancaires pour les remboursements
customer-merges = Clients fusionnés
customer-history = Historique
customer-merged-into = Ce client est suivi sous
customer-similar = Est-ce l'un de ceux-ci ?
customer-similar-what = Si oui, utilisez ce client ; sinon, dites-le plus bas et enregistrez.
customer-anyway = C'est un autre client : enregistrer quand même
done-customer-saved = Le client est enregistré.

# Two people saved one customer.
conflict-title = Quelqu'un a enregistré ce client entre-temps
conflict-who = Enregistré par { $who }.
conflict-what = Voici les deux versions ; le formulaire contient la vôtre là où vous avez changé quelque chose, la sienne ailleurs. Corrigez, puis enregistrez.
conflict-field = Champ
conflict-common = À l'ouverture
conflict-theirs = Maintenant
conflict-mine = Votre version
conflict-clash = modifié par les deux
history-when = Quand
history-who = Qui
history-was = Avant
history-became = Après
history-none = Rien n'a encore changé.

# Contacts.
do-add-contact = Ajouter un contact
do-add-payer = Ajouter un payeur
do-forget = Oublier
do-end-contact = Mettre fin à ce contact
contacts-none = Personne n'est encore connu ici. Ajoutez qui paie les factures.
contact-position = Fonction
contact-channel = Préfère
contact-prefers = préfère
contact-days = Jours où appeler
contact-primary = à contacter d'abord
contact-primary-what = Contacter cette personne d'abord
contact-ended = terminé
contact-is-ended = Ce contact a pris fin.
contact-end-reason = Pourquoi (parti, ne souhaite plus être contacté …)
done-contact-saved = Le contact est enregistré.
done-contact-ended = Le contact a pris fin.

# Bank details.
bank-none = Aucune encore.
bank-approved = Demandé par, approuvé par
bank-change = Nouvelles coordonnées bancaires
bank-what = Elles comptent dès qu'une autre personne les a approuvées. Vérifiez le numéro auprès du client, par un téléphone que vous connaissiez déjà.
bank-reason = Pourquoi, et comment cela a été vérifié
do-ask = Demander l'approbation

# Duplicates and merges.
duplicates-what = Deux fiches d'un même client partagent sa dette. Comparez-les et fusionnez ce qui est un ; rien de comptabilisé ne change, et une fusion peut être annulée.
duplicates-none = Aucun client n'en rappelle un autre.
duplicates-other = Peut être
duplicates-score = Ressemblance
do-compare = Comparer
merge-title = Fusionner des clients
merge-what = Les deux sont suivis comme un seul compte. Chacun garde son code et ce qui y est comptabilisé, et la fusion peut être annulée.
merge-this = rejoint l'autre
merge-stays = représente les deux
merge-into = avec
merge-into-code = Code du client qui représente les deux
merge-turn = Dans l'autre sens
merge-none = Aucun autre client n'est fusionné avec celui-ci.
merge-look = Fusionner ce client avec un autre
merge-undone = annulée
do-merge = Fusionner
do-unmerge = Annuler la fusion
done-customer-merged = Les clients sont suivis comme un seul.
done-customer-unmerged = Chaque client a de nouveau son propre compte.

# What is missing.
gaps-of = sur { $customers } clients
gaps-what = Ce qui manque retarde les rappels et complique le rapprochement des paiements. Qui doit le plus vient d'abord.
gaps-none = Rien ne manque ici.
gaps-missing = Manque

# Approvals.
approvals-what = Ce qu'une personne demande et qu'une autre décide : coordonnées bancaires, grands abandons de créance, grands avoirs, remboursements.
approvals-for-me = En attente de vous
approvals-none-for-me = Rien n'attend votre décision.
approvals-mine = Demandé par vous
approvals-none-mine = Rien de ce que vous avez demandé n'attend.
approvals-others = En attente d'autres personnes
approvals-decided = Décidé récemment
approvals-alone = Décidé seul
approvals-alone-what = Ici la personne qui a demandé a aussi approuvé, un jour plus tard et avec un motif, parce que la société n'a qu'une personne.
approvals-is-alone = par la personne qui a demandé
approvals-asked = Demandé par
approvals-new = Demandé
approvals-now = Maintenant
approvals-note = Note (facultative)
approvals-why-alone = Pourquoi vous décidez seul
do-approve = Approuver
do-reject = Refuser
do-withdraw = Retirer
done-approval-asked = Cela attend maintenant une deuxième personne.
done-approved = C'est approuvé et exécuté.
done-rejected = C'est refusé ; rien n'a été exécuté.
