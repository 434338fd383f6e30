# /why: что человек получил, получит и чего ему не прислали. Читает команда.
usage-why = О ком? Напишите /why 12, ответьте командой /why на сообщение о человеке или нажмите «Почему» в карточке.
menu-why = почему человек получил или не получил сообщение
button-why = 📮 Почему
why-title = <b>{ $name }</b> · № { $number }: что мы пишем
why-marketing =
    { $word ->
        [yes] Реклама: согласие есть
        [no] Реклама: отказ
       *[none] Реклама: согласия нет, поэтому не шлём
    }
why-surveys =
    { $word ->
        [yes] Опросы: согласие есть
        [no] Опросы: отказ
       *[none] Опросы: отказа нет
    }
why-clock =
    { $known ->
        [city] Там сейчас { $clock }, { $place } (догадка по городу)
        [phone] Там сейчас { $clock }, { $place } (догадка по телефону)
        [business] Там сейчас { $clock }, { $place } (как у нас: другого не знаем)
       *[given] Там сейчас { $clock }, { $place }
    }
why-quiet =
    { $own ->
        [yes] Тихие часы: { $hours }, свои
       *[no] Тихие часы: { $hours }
    }
why-is-paused = Просьба о паузе до { $when }
why-is-fewer =
    { $times ->
        [one] Просьба писать реже: { $times } раз
        [few] Просьба писать реже: { $times } раза
       *[many] Просьба писать реже: { $times } раз
    }
why-topics = Отказ от тем: { $topics }
why-got = Уже пришло
why-got-none = Пока ничего.
why-coming = Придёт
why-coming-none = Ничего не запланировано.
why-spared = Не пришло
why-spared-none = Ничего.
why-was-held = ждало с { $since }: { $why }
why-is-held = ждёт с { $since }: { $why }
why-not-begun = по плану сценария: ещё не началось
why-recalled = отозвано
why-will-not = Если ничего не изменится, не уйдёт.
why-until = До { $when }.
why-within =
    { $unit ->
        [hours] { $n ->
            [one] { $n } час
            [few] { $n } часа
           *[many] { $n } часов
        }
       *[days] { $n ->
            [one] { $n } день
            [few] { $n } дня
           *[many] { $n } дней
        }
    }
why-limit =
    { $of ->
        [all] Предел исчерпан: за { $within } не больше { $max } из всего, о чём не просили.
        [survey] Предел исчерпан: за { $within } не больше { $max ->
            [one] { $max } опроса
           *[other] { $max } опросов
        }.
        [service] Предел исчерпан: за { $within } не больше { $max ->
            [one] { $max } служебного сообщения
           *[other] { $max } служебных сообщений
        }.
       *[marketing] Предел исчерпан: за { $within } не больше { $max ->
            [one] { $max } рекламного сообщения
           *[other] { $max } рекламных сообщений
        }.
    }
why-gap =
    { $of ->
        [all] Слишком скоро после прошлого: между сообщениями хотя бы { $within }.
        [survey] Слишком скоро после прошлого опроса: между ними хотя бы { $within }.
        [service] Слишком скоро после прошлого: между ними хотя бы { $within }.
       *[marketing] Слишком скоро после прошлой рекламы: между ними хотя бы { $within }.
    }
why-by = Место заняло:
why-by-outdone = Вперёд идёт более ценное:
why-too-late = в нём уже не было смысла
why-unreachable = бот не может написать: заблокирован или не запущен
why-spam = отмечен как спам
why-no-consent = нет согласия
why-topic-off = отказ от этой темы
why-paused = просьба о паузе
why-quiet-hours = тихие часы
why-day-off = выходной
why-cap = предел был исчерпан
why-gap-short = слишком скоро после прошлого
why-outdone = вперёд ушло более ценное
why-not-wanted = к тому времени в нём не было нужды
why-surveyed = незадолго до этого их уже просили об оценке
why-no-use-later = позже в нём не было бы смысла
why-consent-withdrawn = согласие отозвано
why-blocked = бот заблокирован
why-merged = то же сообщение ушло на другую из двух карточек, ставших одной
why-taken-back = отменено командой
why-cancelled = отменено
why-skipped = пропущено
why-failed = Telegram не принял
why-unknown = неизвестно, дошло ли: связь оборвалась, а второй копии мы не шлём
why-stopped = остановлено командой
why-control = контрольная группа: с ней сравнивают, ей не пишут
why-catch-up = после простоя бота накопилось много, хватило одного сообщения
why-dropped = сценарий убран из плейбука
why-scenario-paused = сценарий на паузе
why-the-campaign-was-paused = рассылка на паузе
why-way-left = вышел из сценария: условия больше не подходят
why-way-goal = цель достигнута, больше писать незачем
why-way-holdout = группа сравнения: по ней меряют действие сценария
why-technical = «{ $what }»
why-kind-campaign = Рассылка
why-kind-scenario = Сценарий
why-kind-survey = Опрос
why-kind-surveyagain = Напоминание об опросе
why-kind-remind = Напоминание
why-kind-nudge = Незаконченная форма
why-kind-ask = Вопрос о карточке
why-kind-marketing = Реклама
why-kind-service = Служебное
why-kind-visit = О визите
why-kind-news = О заявке
