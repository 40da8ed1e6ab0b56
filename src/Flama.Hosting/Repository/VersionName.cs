namespace Flama.Hosting.Repository;

/// <summary>What names of versions and models have to be, and which version is newer.</summary>
internal static class VersionName
{
    private const int MaxLength = 100;

    /// <summary>Orders names: numbers by their value, all else by letters, so that 10 comes after 9 and 1.10 after 1.9.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Whether a directory is a version: a number, or one with parts such as <c>1.2.0</c>, <c>v3</c>, <c>2024-05-01</c>, <c>1.0.0-rc1</c>.</summary>
    public static bool IsValid(string name)
    {
        var rest = name.AsSpan(name is ['v' or 'V', ..] ? 1 : 0);
        return rest is [>= '0' and <= '9', ..] && IsPlain(name);
    }

    /// <summary>Whether a directory can be a model, that is one segment of a URL.</summary>
    public static bool IsModel(string name) => name is [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_', ..] && IsPlain(name);

    /// <summary>Whether it can be a label.</summary>
    public static bool IsLabel(string name) => IsModel(name) && !IsValid(name);

    private static bool IsPlain(string name) =>
        name.Length <= MaxLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') && !name.EndsWith('.');

    private static int Compare(string? left, string? right)
    {
        var a = (left ?? "").AsSpan().TrimStart("vV");
        var b = (right ?? "").AsSpan().TrimStart("vV");
        while (a.Length > 0 && b.Length > 0)
        {
            var first = Take(ref a, out var isFirstNumber);
            var second = Take(ref b, out var isSecondNumber);
            var order = isFirstNumber && isSecondNumber ? CompareNumbers(first, second) : first.CompareTo(second, StringComparison.Ordinal);
            if (order != 0)
            {
                return order;
            }
        }

        // 1.0.0-rc1 comes before 1.0.0, and 1.0 before 1.0.1.
        var longer = a.Length > 0 ? a : b;
        var sign = a.Length.CompareTo(b.Length);
        return longer is ['-', (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] ? -sign : sign;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, out bool isNumber)
    {
        isNumber = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == isNumber)
        {
            length++;
        }

        var part = text[..length];
        text = text[length..];
        return part;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
