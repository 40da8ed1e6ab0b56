using System.Globalization;

namespace Flama.Sklearn;

/// <summary>The scikit-learn version that wrote an estimator: it decides semantics.</summary>
/// <param name="Major">1 in 1.4.2.</param>
/// <param name="Minor">4 in 1.4.2.</param>
/// <param name="Patch">2 in 1.4.2; few rules changed within a minor version.</param>
internal readonly record struct SklearnVersion(int Major, int Minor, int Patch = 0) : IComparable<SklearnVersion>
{
    /// <summary>The newest version whose semantics were checked.</summary>
    public static readonly SklearnVersion Newest = new(1, 9);

    /// <summary>Whether this version is the given one or newer.</summary>
    public bool IsAtLeast(int major, int minor, int patch = 0) => CompareTo(new SklearnVersion(major, minor, patch)) >= 0;

    /// <summary>Whether it is of a later minor version than another.</summary>
    public bool IsMinorAfter(SklearnVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) > 0;

    public int CompareTo(SklearnVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Reads <c>1.4.2</c>, <c>0.23.dev0</c>, <c>1.6rc1</c>; null when it is not a version.</summary>
    public static SklearnVersion? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            return null;
        }

        return TryReadDigits(parts[1], out var minor) ? new(major, minor, parts.Length > 2 && TryReadDigits(parts[2], out var patch) ? patch : 0) : null;
    }

    public static bool operator <(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) >= 0;

    private static bool TryReadDigits(string part, out int number) =>
        int.TryParse(part.AsSpan(0, part.TakeWhile(char.IsAsciiDigit).Count()), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
