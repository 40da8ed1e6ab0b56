using System.Globalization;

namespace Flama.Sklearn;

/// <summary>The scikit-learn version that wrote an estimator: it decides semantics.</summary>
/// <param name="Major">1 in 1.4.2.</param>
/// <param name="Minor">4 in 1.4.2.</param>
internal readonly record struct SklearnVersion(int Major, int Minor) : IComparable<SklearnVersion>
{
    /// <summary>The newest version whose semantics were checked.</summary>
    public static readonly SklearnVersion Newest = new(1, 9);

    /// <summary>Whether this version is the given one or newer.</summary>
    public bool IsAtLeast(int major, int minor) => CompareTo(new SklearnVersion(major, minor)) >= 0;

    public int CompareTo(SklearnVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <summary>Reads <c>1.4.2</c>, <c>0.23.dev0</c>, <c>1.6rc1</c>; null when it is no version.</summary>
    public static SklearnVersion? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
        {
            return null;
        }

        var digits = parts[1].TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(parts[1].AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? new(major, minor) : null;
    }

    public static bool operator <(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SklearnVersion left, SklearnVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
