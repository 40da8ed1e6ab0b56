using System.Text.Json;
using Flama.Tests.Hosting;

namespace Flama.Tests.Twins;

/// <summary>Compares a program of ours with what one of the Python original answered.</summary>
internal static class Twin
{
    /// <summary>Fails where the twin answers otherwise: the same status, the same JSON, the same class of error.</summary>
    /// <param name="exchange">What the original answered.</param>
    /// <param name="answer">What the twin answers.</param>
    /// <param name="others">Statuses that are others on purpose, by the exchange, with the reason.</param>
    public static void AssertSame(RecordedExchange exchange, (int Status, string Body) answer, IReadOnlyDictionary<string, (int Status, string Why)> others)
    {
        var isOther = others.TryGetValue(exchange.Id, out var other);
        Assert.True(
            (isOther ? other.Status : exchange.Status) == answer.Status, $"The original answers {exchange.Status} and the twin {answer.Status}:\n{answer.Body}");
        if (isOther || exchange.Answer is not { } wanted || exchange.Path.StartsWith("/schema", StringComparison.Ordinal))
        {
            return;
        }

        using var given = JsonDocument.Parse(answer.Body);
        if (exchange.Status < 400)
        {
            Assert.True(RecordedExchange.Has(given.RootElement, wanted), $"The original answers\n{wanted.GetRawText()}\nand the twin\n{answer.Body}");
        }
        else
        {
            Assert.Equal(ErrorOf(wanted), ErrorOf(given.RootElement));
        }
    }

    /// <summary>Asks a program everything that was recorded, in turn: what comes before counts.</summary>
    public static async Task<IReadOnlyDictionary<string, (int Status, string Body)>> AskAllAsync(string program, FlamaHost twin)
    {
        Dictionary<string, (int, string)> answers = new(StringComparer.Ordinal);
        foreach (var exchange in RecordedExchange.Of(program))
        {
            answers[exchange.Id] = await exchange.AskAsync(twin);
        }

        return answers;
    }

    private static (int Status, string? Error) ErrorOf(JsonElement error) => (error.GetProperty("status_code").GetInt32(), error.GetProperty("error").GetString());
}
