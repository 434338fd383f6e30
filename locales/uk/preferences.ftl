# Як часто, о котрій годині й про що людині пишуть без її прохання.
settings-zone-city = так ми вирішили за вашим містом; якщо не так, виправте
settings-zone-phone = так ми вирішили за номером телефону; якщо не так, виправте
settings-zone-business = як у нас; якщо у вас інакше, скажіть
settings-zone-here = 📍 За моїм місцем
settings-place-ask = Натисніть кнопку внизу, щоб надіслати місце. Ми візьмемо з нього лише часовий пояс, саме місце не збережемо.
settings-place-thanks = Записали, дякуємо.
settings-quiet-button = 🌙 Тихі години
settings-quiet =
    Тихі години: { $hours }{ $own ->
        [yes] {" "}(ваші)
       *[no] {""}
    }
settings-quiet-none = немає
settings-quiet-usual = Як зазвичай ({ $hours })
settings-quiet-never = Писати можна будь-коли
settings-quiet-ask = Коли нам мовчати? Натисніть кнопку або напишіть свої години, наприклад «22:30–08:30». Нагадування про візит, яке інакше запізниться, надійде й у тихі години.
settings-quiet-unknown = Не розібрали години. Напишіть, коли тиша починається і коли закінчується, наприклад «22:30–08:30». Хоча б одна година доби має лишитися вільною.
settings-often-button = 📬 Як часто
settings-often =
    { $what ->
        [marketing] Новини та пропозиції: { $how }
        [survey] Опитування: { $how }
       *[all] Новини, пропозиції та опитування: { $how }
    }
settings-often-is-usual = як зазвичай
settings-often-is-fewer = рідше, ніж зазвичай
settings-often-is-paused = пауза, до { $day }
settings-often-is-nothing = не надсилаємо
settings-often-ask = Як часто можна писати вам без вашого прохання? На відповіді вам і на ваші записи це не впливає.
settings-often-usual = Як зазвичай
settings-often-fewer = Рідше
settings-often-still = Ще рідше
settings-often-pause = Пауза на місяць
settings-often-nothing = Зовсім нічого
settings-topics-button = 🗂 Теми
settings-topics = Про що вам варто писати? Що вимкнено, те не надійде.
prefer-fewer = Рідше
prefer-stop = Не надсилати
prefer-stopped =
    { $purpose ->
        [survey] Готово: опитувань більше не буде.
       *[other] Готово: новин і пропозицій більше не буде.
    }
    Відповіді на ваші запитання та нагадування про ваші записи надходять, як і раніше.
prefer-eased = Гаразд: відтепер писатимемо приблизно вдвічі рідше.
prefer-undone = Гаразд, усе як було.
prefer-undo = ↩ Повернути
prefer-pause = ⏸ Пауза на місяць
prefer-settings = ⚙ Налаштування
card-zone-guessed = наш здогад
my-data-wishes = Ваші побажання щодо повідомлень
my-data-topics = Теми, від яких ви відмовилися: { $topics }
