using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>What code calls on texts, and values as texts.</content>
internal sealed partial class Interpreter
{
    // Longer values are cut: texts of values are for messages.
    private const int MostShown = 1_000;

    private object? OnText(string name, string text, object?[] arguments)
    {
        Count(text.Length / ItemsPerStep);
        return (name, arguments) switch
        {
            ("eq", [_, string other]) => string.Equals(text, other, StringComparison.Ordinal),
            ("ne", [_, string other]) => !string.Equals(text, other, StringComparison.Ordinal),
            ("add", [_, string other]) => Joined("", [text, other]),
            ("len", [_]) => (long)text.Length,
            ("ord", [_]) => (long)text[Position(0L, text.Length)],
            ("lower", [_]) => Joined("", [text]).ToLowerInvariant(),
            ("upper", [_]) => Joined("", [text]).ToUpperInvariant(),
            ("strip", [_]) => Joined("", [text]).Trim(),
            ("startswith", [_, string start]) => text.StartsWith(start, StringComparison.Ordinal),
            ("endswith", [_, string end]) => text.EndsWith(end, StringComparison.Ordinal),
            ("find", [_, string part, ..]) => (long)text.IndexOf(part, StringComparison.Ordinal),
            ("replace", [_, string { Length: > 0 } old, string other, ..]) => Joined(other, text.Split(old)),
            ("split", [_, string { Length: > 0 } separator, ..]) => ListOf(text.Split(separator), text.Length),
            ("join", [_, PythonList parts]) => Joined(text, [.. parts.Items.Select(TextOf)]),
            ("list", [_]) => ListOf(text.Select(character => character.ToString()), text.Length),
            ("__contains__", [_, string part]) => text.Contains(part, StringComparison.Ordinal),
            ("__getitem__", [_, var index]) => text[Position(index, text.Length)].ToString(),
            _ => this,
        };
    }

    private string Joined(string separator, string[] parts)
    {
        var length = parts.Sum(static part => (long)part.Length) + ((long)separator.Length * Math.Max(0, parts.Length - 1));
        Room(length, length);
        return string.Join(separator, parts);
    }

    private string TextOf(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => text,
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e16 ? number.ToString("0.0", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture),
        Sym { Hint: { } hint } => TextOf(hint),
        PythonList list => $"[{TextOf(list.Items)}]",
        PythonTuple tuple => $"({TextOf(tuple.Items)})",
        _ => "…",
    };

    private string TextOf(IReadOnlyList<object?> items)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var text = Joined(", ", [.. items.Take(MostShown).Select(TextOf)]);
        return items.Count > MostShown ? $"{text}, …" : text;
    }

    private string Format(object?[] arguments)
    {
        if (arguments is not [string pattern, ..])
        {
            return "";
        }

        StringBuilder text = new();
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '{' && i + 1 < pattern.Length && pattern[i + 1] == '}' && next < arguments.Length)
            {
                var part = TextOf(arguments[next++]);
                Room(text.Length + (long)part.Length, part.Length);
                text.Append(part);
                i++;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return text.ToString();
    }
}
