# Consent, one's own data, being erased.
consent-text = To answer you, { $business } will keep what you tell about yourself: your name, phone and other answers. They are needed only to reach you. You can see and delete them in /privacy.
consent-without = You can go on without it: then we will not ask for your name and contacts, and will answer here.
consent-agree = I agree, go on
consent-decline = Go on without it
consent-read = Read in full
consent-marketing = I agree to receive news and offers of { $business } in this chat.
consent-survey = I agree to receive surveys of { $business } in this chat.
privacy-text =
    <b>Your data</b>
    { $consent }

    You can get a file with everything we know about you here. And you can have it all deleted here.
privacy-my-data = 📄 My data as a file
privacy-erase = 🗑 Delete everything about me
my-data-caption = Everything we know about you. The second file is the same for programs.
my-data-nothing = Nothing about you is kept.
my-data-file = my-data
my-data-title = Everything we know about you, as of { $at }
my-data-card = Card
my-data-name = Name
my-data-language = Language
my-data-zone = Time zone
my-data-source = Where you came from
my-data-since = Known since
my-data-status = Status
my-data-balance = Points
my-data-consents = Your consents
my-data-points = Phones and e-mail
my-data-requests = Requests
my-data-purchases = Purchases
my-data-family = Your family
my-data-notes = Notes about you
my-data-surveys = Ratings and comments
my-data-files = Files
my-data-timeline = What you wrote and what happened
my-data-told = What was written to you
erase-sure =
    <b>Delete everything?</b>
    Your name, contacts, requests, files and messages will be gone from our base. We will stop working on your open requests. Nothing can be brought back.

    Only the card's number stays, with the date and the count of requests, and nothing about you. Messages in the chat itself can only be deleted by you.
erase-yes = Yes, delete everything
erase-no = No, keep it
erased = Done: everything is deleted. If you write again, we will meet anew.
erased-card = Request no. { $number }: the customer deleted their data. There is nothing more to do on it.
