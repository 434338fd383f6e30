# Как часто, в какие часы и о чём человеку пишут без его просьбы.
settings-zone-city = так мы решили по вашему городу; если неверно, поправьте
settings-zone-phone = так мы решили по номеру телефона; если неверно, поправьте
settings-zone-business = как у нас; если у вас иначе, скажите
settings-zone-here = 📍 По моему местоположению
settings-place-ask = Нажмите кнопку внизу, чтобы отправить местоположение. Мы возьмём из него только часовой пояс, само место не сохраним.
settings-place-thanks = Записали, спасибо.
settings-quiet-button = 🌙 Тихие часы
settings-quiet =
    Тихие часы: { $hours }{ $own ->
        [yes] {" "}(ваши)
       *[no] {""}
    }
settings-quiet-none = нет
settings-quiet-usual = Как обычно ({ $hours })
settings-quiet-never = Писать можно в любое время
settings-quiet-ask = Когда нам молчать? Нажмите кнопку или напишите свои часы, например «22:30–08:30». Напоминание о визите, которое иначе опоздает, придёт и в тихие часы.
settings-quiet-unknown = Не разобрали часы. Напишите, когда тишина начинается и когда кончается, например «22:30–08:30». Хотя бы один час в сутках должен остаться свободным.
settings-often-button = 📬 Как часто
settings-often =
    { $what ->
        [marketing] Новости и предложения: { $how }
        [survey] Опросы: { $how }
       *[all] Новости, предложения и опросы: { $how }
    }
settings-often-is-usual = как обычно
settings-often-is-fewer = реже обычного
settings-often-is-paused = пауза, до { $day }
settings-often-is-nothing = не присылаем
settings-often-ask = Как часто можно писать вам без вашей просьбы? На ответы вам и на ваши записи это не влияет.
settings-often-usual = Как обычно
settings-often-fewer = Реже
settings-often-still = Ещё реже
settings-often-pause = Пауза на месяц
settings-often-nothing = Совсем ничего
settings-topics-button = 🗂 Темы
settings-topics = О чём вам стоит писать? Что выключено, то не придёт.
prefer-fewer = Реже
prefer-stop = Не присылать
prefer-stopped =
    { $purpose ->
        [survey] Готово: опросов больше не будет.
       *[other] Готово: новостей и предложений больше не будет.
    }
    Ответы на ваши вопросы и напоминания о ваших записях приходят по-прежнему.
prefer-eased = Хорошо: теперь будем писать примерно вдвое реже.
prefer-undone = Хорошо, всё как было.
prefer-undo = ↩ Вернуть
prefer-pause = ⏸ Пауза на месяц
prefer-settings = ⚙ Настройки
card-zone-guessed = наша догадка
my-data-wishes = Ваши пожелания о сообщениях
my-data-topics = Темы, от которых вы отказались: { $topics }
