# How often, at which hours and about what a person hears from us without asking.
settings-zone-city = our guess from your city; please correct it if it is wrong
settings-zone-phone = our guess from your phone number; please correct it if it is wrong
settings-zone-business = as it is here; tell us yours if it differs
settings-zone-here = 📍 By my location
settings-place-ask = Press the button below to send your location. We will read the time zone from it and not keep the place.
settings-place-thanks = Noted, thank you.
settings-quiet-button = 🌙 Quiet hours
settings-quiet =
    Quiet hours: { $hours }{ $own ->
        [yes] {" "}(yours)
       *[no] {""}
    }
settings-quiet-none = none
settings-quiet-usual = As usual ({ $hours })
settings-quiet-never = Write at any hour
settings-quiet-ask = When should we keep silent? Press a button, or write your own hours, for example “22:30–08:30”. A reminder of a visit that would otherwise come too late comes even then.
settings-quiet-unknown = We did not catch the hours. Write when the silence begins and when it ends, for example “22:30–08:30”. At least an hour of the day must stay free.
settings-often-button = 📬 How often
settings-often =
    { $what ->
        [marketing] News and offers: { $how }
        [survey] Surveys: { $how }
       *[all] News, offers and surveys: { $how }
    }
settings-often-is-usual = as usual
settings-often-is-fewer = fewer than usual
settings-often-is-paused = paused until { $day }
settings-often-is-nothing = none
settings-often-ask = How often may we write without being asked? Answers to you and your bookings do not depend on it.
settings-often-usual = As usual
settings-often-fewer = Fewer
settings-often-still = Fewer still
settings-often-pause = Pause for a month
settings-often-nothing = Nothing at all
settings-topics-button = 🗂 Topics
settings-topics = What is worth writing to you about? What is switched off will not come.
prefer-fewer = Fewer of these
prefer-stop = Stop
prefer-stopped =
    { $purpose ->
        [survey] Done: no more surveys from us.
       *[other] Done: no more news and offers from us.
    }
    Answers to your questions and reminders of your bookings still come.
prefer-eased = All right: from now on we will write about half as often.
prefer-undone = All right, everything is as it was.
prefer-undo = ↩ Undo
prefer-pause = ⏸ Pause for a month
prefer-settings = ⚙ Settings
card-zone-guessed = our guess
my-data-wishes = What you asked of our messages
my-data-topics = Topics you refused: { $topics }
