using System.Globalization;

namespace Flama.Hosting.Repository;

/// <summary>Which versions of a model a repository serves. Immutable.</summary>
/// <remarks>The version that is the default, and those that have a label, are served whatever the policy says.</remarks>
public sealed class VersionPolicy
{
    private const string LatestWord = "latest", AllWord = "all";

    private readonly int count;
    private readonly IReadOnlyList<string> pinned;

    private VersionPolicy(int count, IReadOnlyList<string> pinned)
    {
        this.count = count;
        this.pinned = pinned;
    }

    /// <summary>What a policy looks like, for messages.</summary>
    public static string Expected => "latest, latest:N, all, or versions with commas between them";

    /// <summary>The newest version: the one whose name is the greatest, numbers in it taken as numbers.</summary>
    public static VersionPolicy Latest { get; } = new(1, []);

    /// <summary>All versions.</summary>
    public static VersionPolicy All { get; } = new(int.MaxValue, []);

    /// <summary>The newest versions.</summary>
    /// <param name="count">How many, 1 or more.</param>
    public static VersionPolicy Newest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(count, []);
    }

    /// <summary>The versions of these names, as far as they exist; the newest of them is the default.</summary>
    public static VersionPolicy Pinned(params IReadOnlyList<string> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return new(0, [.. versions]);
    }

    /// <summary>Reads a policy: see <see cref="Expected"/>.</summary>
    /// <returns>False when the text is none.</returns>
    public static bool TryParse(string text, out VersionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(text);
        policy = Latest;
        switch (text.Trim())
        {
            case "":
                return false;
            case LatestWord:
                return true;
            case AllWord:
                policy = All;
                return true;
            case var other when other.StartsWith($"{LatestWord}:", StringComparison.Ordinal):
                if (!int.TryParse(other.AsSpan(LatestWord.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
                {
                    return false;
                }

                policy = Newest(count);
                return true;
            case var other:
                var names = other.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                policy = Pinned(names);
                return names.Length > 0 && names.All(VersionName.IsValid);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => (count, pinned) switch
    {
        (1, []) => LatestWord,
        (int.MaxValue, _) => AllWord,
        (_, []) => string.Create(CultureInfo.InvariantCulture, $"{LatestWord}:{count}"),
        _ => string.Join(',', pinned),
    };

    /// <summary>Whether a version may answer in the place of one that cannot be loaded: those that a policy does not name may not.</summary>
    internal bool Allows(string version) => pinned.Count == 0 || pinned.Contains(version, StringComparer.Ordinal);

    /// <summary>Chooses from the versions there are.</summary>
    /// <param name="versions">Their names, the newest first.</param>
    /// <returns>Those to serve, the newest first.</returns>
    internal IReadOnlyList<string> Choose(IReadOnlyList<string> versions) =>
        pinned.Count > 0 ? [.. versions.Where(version => pinned.Contains(version, StringComparer.Ordinal))] : [.. versions.Take(count)];
}
