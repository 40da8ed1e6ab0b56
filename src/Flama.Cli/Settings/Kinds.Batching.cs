using System.Globalization;
using Flama.Hosting.Batching;

namespace Flama.Cli.Settings;

/// <summary>How requests are computed together.</summary>
internal static partial class Kinds
{
    private const int MostRows = 100_000, MostMilliseconds = 1000;

    /// <summary>Rows and milliseconds, see <see cref="BatchOf"/>; the option alone is the defaults.</summary>
    public static ValueKind<string?> Batch { get; } = new(static (string text, out string? value) => (value = NullIfOff(text)) is null || BatchOf(text) is not null)
    {
        ValueName = "[ROWS[/MILLISECONDS]]",
        Expected = "a number of rows such as 32, with the milliseconds to wait for more such as 32/2, or off",
        BareText = "on",
    };

    /// <summary>A model, rows and milliseconds, see <see cref="ModelBatchOf"/>; can be repeated.</summary>
    public static ValueKind<string?> ModelBatch { get; } = new(static (string text, out string? value) => ModelBatchOf(value = text) is not null)
    {
        ValueName = "NAME=ROWS[/MILLISECONDS]",
        Expected = "the name of a model and rows, such as churn=32/2, or churn=off",
        CanRepeat = true,
    };

    /// <summary>What to join; null when the text is neither <c>ROWS</c>, <c>ROWS/MILLISECONDS</c> nor a word for on.</summary>
    public static BatchingOptions? BatchOf(string text)
    {
        if (TryReadFlag(text, out var isOn) && isOn && text != "1")
        {
            return new();
        }

        var slash = text.IndexOf('/');
        BatchingOptions options = new();
        if (!ReadNumber(slash < 0 ? text : text[..slash], 1, out var rows) || rows > MostRows)
        {
            return null;
        }

        options.MaxRows = rows;
        if (slash >= 0)
        {
            if (!double.TryParse(text[(slash + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > MostMilliseconds)
            {
                return null;
            }

            options.MaxDelay = TimeSpan.FromMilliseconds(milliseconds);
        }

        return options;
    }

    /// <summary>A model and what to join of it; null when the text is not <c>NAME=</c> and that, or a word for off.</summary>
    public static (string Model, BatchingOptions Options)? ModelBatchOf(string text)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            return null;
        }

        var options = NullIfOff(text[(equals + 1)..]) is { } amount ? BatchOf(amount) : new() { MaxRows = 1 };
        return options is null ? null : (text[..equals], options);
    }
}
