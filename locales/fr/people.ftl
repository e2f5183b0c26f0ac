# needs a native reader
# Signing in, people and their rights.
unusable-password-short = un mot de passe a au moins { $min } caractères ; quelques mots à la suite se retiennent bien
unusable-password-long = un mot de passe a au plus { $max } caractères
unusable-password-common = c'est un des premiers que l'on essaierait ; prenez quelques mots sans rapport entre eux
unusable-password-names = « { $word } » y figure, un nom que tout le monde essaierait ; évitez les noms
unusable-password-same = c'est celui que vous avez déjà
unusable-user-name = un nom de connexion a jusqu'à { $max } lettres, chiffres, points, traits d'union et tirets bas, sans espace
unusable-user-name-reserved = c'est le nom de qui exploite cette installation
action-own-account = changer sa propre façon de se connecter
action-user-list = voir les personnes et leurs rôles
action-user-change = changer le nom des personnes
action-user-role = donner leurs rôles aux personnes
action-user-deactivate = désactiver des personnes
action-user-reactivate = réactiver des personnes
action-user-link = créer des liens de connexion
action-user-forget-second-factor = retirer le second facteur des personnes
action-user-sessions = voir et terminer les sessions des personnes
action-user-reads = voir qui a lu quel dossier
field-password = mot de passe
field-full-name = nom complet
field-setting = réglage
field-user = personne
field-session = session
