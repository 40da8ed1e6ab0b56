using System.Globalization;

namespace Flama.Torch.Operators;

/// <summary>What an overload of an operator takes: <c>softmax(Tensor self, int dim, int? dtype=None)</c>, as torch declares it. Immutable.</summary>
internal sealed class Schema
{
    private Schema(string name, Argument[] arguments)
    {
        Name = name;
        Arguments = arguments;
    }

    /// <summary>The operator's name, without the namespace.</summary>
    public string Name { get; }

    public IReadOnlyList<Argument> Arguments { get; }

    /// <summary>Reads a declaration.</summary>
    public static Schema Parse(string declaration)
    {
        var open = declaration.IndexOf('(', StringComparison.Ordinal);
        List<Argument> arguments = [];
        var isKeyword = false;
        foreach (var part in declaration[(open + 1)..declaration.LastIndexOf(')')].Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "*")
            {
                isKeyword = true;
                continue;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var words = (equals < 0 ? part : part[..equals]).Split(' ');
            arguments.Add(new(words[1], words[0], isKeyword, equals >= 0, equals < 0 ? null : Default(part[(equals + 1)..])));
        }

        return new(declaration[..open], [.. arguments]);
    }

    private static object? Default(string text) => text switch
    {
        "None" => null,
        "True" => true,
        "False" => false,
        ['\'', .. var inner, '\''] => inner,
        "[]" => Array.Empty<object?>(),
        "inf" => double.PositiveInfinity,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>One argument: its type is Tensor, int, float, Scalar, bool, str, int[], float[], Tensor[], Tensor?[] or any, with ? where None is one.</summary>
    internal sealed record Argument(string Name, string Type, bool IsKeyword, bool HasDefault, object? Default);
}
