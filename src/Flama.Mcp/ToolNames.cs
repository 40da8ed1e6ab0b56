namespace Flama.Mcp;

/// <summary>Names of tools that every client takes: letters, digits, <c>_</c> and <c>-</c>, at most 64 of them, each once.</summary>
/// <param name="taken">Names that are given already.</param>
internal sealed class ToolNames(IEnumerable<string> taken)
{
    private const int Longest = 64;

    private readonly HashSet<string> taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name of a method of a model: <c>churn_predict_proba</c>, with a number behind it where that is taken.</summary>
    public string Next(string model, string method)
    {
        var wanted = string.Concat($"{model}_{method}".Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        var name = wanted.Length <= Longest ? wanted : wanted[..Longest];
        for (var number = 2; !taken.Add(name); number++)
        {
            var end = $"_{number}";
            name = $"{wanted[..Math.Min(wanted.Length, Longest - end.Length)]}{end}";
        }

        return name;
    }
}
