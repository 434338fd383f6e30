# /why: що людина отримала, отримає і чого їй не надіслали. Читає команда.
usage-why = Про кого? Напишіть /why 12, відповідайте командою /why на повідомлення про людину або натисніть «Чому» в картці.
menu-why = чому людина отримала чи не отримала повідомлення
button-why = 📮 Чому
why-title = <b>{ $name }</b> · № { $number }: що ми пишемо
why-marketing =
    { $word ->
        [yes] Реклама: згода є
        [no] Реклама: відмова
       *[none] Реклама: згоди немає, тому не надсилаємо
    }
why-surveys =
    { $word ->
        [yes] Опитування: згода є
        [no] Опитування: відмова
       *[none] Опитування: відмови немає
    }
why-clock =
    { $known ->
        [city] Там зараз { $clock }, { $place } (здогад за містом)
        [phone] Там зараз { $clock }, { $place } (здогад за телефоном)
        [business] Там зараз { $clock }, { $place } (як у нас: іншого не знаємо)
       *[given] Там зараз { $clock }, { $place }
    }
why-quiet =
    { $own ->
        [yes] Тихі години: { $hours }, власні
       *[no] Тихі години: { $hours }
    }
why-is-paused = Прохання про паузу до { $when }
why-is-fewer =
    { $times ->
        [one] Прохання писати рідше: { $times } раз
        [few] Прохання писати рідше: { $times } рази
       *[many] Прохання писати рідше: { $times } разів
    }
why-topics = Відмова від тем: { $topics }
why-got = Уже надійшло
why-got-none = Поки нічого.
why-coming = Надійде
why-coming-none = Нічого не заплановано.
why-spared = Не надійшло
why-spared-none = Нічого.
why-was-held = чекало з { $since }: { $why }
why-is-held = чекає з { $since }: { $why }
why-not-begun = за планом сценарію: ще не почалося
why-recalled = відкликано
why-will-not = Якщо нічого не зміниться, не піде.
why-until = До { $when }.
why-within =
    { $unit ->
        [hours] { $n ->
            [one] { $n } годину
            [few] { $n } години
           *[many] { $n } годин
        }
       *[days] { $n ->
            [one] { $n } день
            [few] { $n } дні
           *[many] { $n } днів
        }
    }
why-limit =
    { $of ->
        [all] Межу вичерпано: за { $within } не більше { $max } з усього, про що не просили.
        [survey] Межу вичерпано: за { $within } не більше { $max ->
            [one] { $max } опитування
           *[other] { $max } опитувань
        }.
        [service] Межу вичерпано: за { $within } не більше { $max ->
            [one] { $max } службового повідомлення
           *[other] { $max } службових повідомлень
        }.
       *[marketing] Межу вичерпано: за { $within } не більше { $max ->
            [one] { $max } рекламного повідомлення
           *[other] { $max } рекламних повідомлень
        }.
    }
why-gap =
    { $of ->
        [all] Зарано після попереднього: між повідомленнями щонайменше { $within }.
        [survey] Зарано після попереднього опитування: між ними щонайменше { $within }.
        [service] Зарано після попереднього: між ними щонайменше { $within }.
       *[marketing] Зарано після попередньої реклами: між ними щонайменше { $within }.
    }
why-by = Місце зайняло:
why-by-outdone = Першим іде цінніше:
why-too-late = у ньому вже не було сенсу
why-unreachable = бот не може написати: заблокований або не запущений
why-spam = позначено як спам
why-no-consent = немає згоди
why-topic-off = відмова від цієї теми
why-paused = прохання про паузу
why-quiet-hours = тихі години
why-day-off = вихідний
why-cap = межу було вичерпано
why-gap-short = зарано після попереднього
why-outdone = першим пішло цінніше
why-not-wanted = на той час у ньому не було потреби
why-surveyed = незадовго до цього їх уже просили про оцінку
why-no-use-later = пізніше в ньому не було б сенсу
why-consent-withdrawn = згоду відкликано
why-blocked = бота заблоковано
why-merged = те саме повідомлення пішло на іншу з двох карток, що стали однією
why-taken-back = скасовано командою
why-cancelled = скасовано
why-skipped = пропущено
why-failed = Telegram не прийняв
why-unknown = невідомо, чи дійшло: зв’язок урвався, а другої копії ми не надсилаємо
why-stopped = зупинено командою
why-control = контрольна група: з нею порівнюють, їй не пишуть
why-catch-up = після простою бота назбиралося багато, вистачило одного повідомлення
why-dropped = сценарій прибрано з плейбука
why-scenario-paused = сценарій на паузі
why-the-campaign-was-paused = розсилка на паузі
why-way-left = вийшов зі сценарію: умови більше не підходять
why-way-goal = мети досягнуто, більше писати нема потреби
why-way-holdout = група порівняння: за нею міряють дію сценарію
why-technical = «{ $what }»
why-kind-campaign = Розсилка
why-kind-scenario = Сценарій
why-kind-survey = Опитування
why-kind-surveyagain = Нагадування про опитування
why-kind-remind = Нагадування
why-kind-nudge = Незакінчена форма
why-kind-ask = Запитання про картку
why-kind-marketing = Реклама
why-kind-service = Службове
why-kind-visit = Про візит
why-kind-news = Про заявку
