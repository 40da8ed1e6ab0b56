namespace Flama.Hosting.Sources;

/// <summary>What is decided about model files from elsewhere.</summary>
public sealed class SourceOptions
{
    /// <summary>
    /// Where complete files are kept. Default <c>flama</c> in the user's directory for caches (<c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>), or in the one for temporary files where there is none.
    /// </summary>
    public string CacheDirectory { get; set; } = DefaultDirectory();

    /// <summary>The largest file in bytes, 1 or more. Default 4 GiB.</summary>
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>The hosts that files may come from, redirects included; <c>*.example.org</c> for all below. Of a store of objects it is the bucket or container. Empty (default) for all.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Whether a server may redirect to an address of a private network or of this machine. Default false.</summary>
    public bool AllowsPrivateRedirects { get; set; }

    /// <summary>How often a download that broke goes on where it broke. Default 5.</summary>
    public int Retries { get; set; } = 5;

    /// <summary>Whether files may come from the host of a location.</summary>
    internal bool Allows(Uri location) => AllowedHosts.Count == 0 || AllowedHosts.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? location.Host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(location.Host, pattern, StringComparison.OrdinalIgnoreCase));

    private static string DefaultDirectory()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
        {
            return Path.Combine(cache, "flama");
        }

        return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
            ? Path.Combine(home, ".cache", "flama")
            : Path.Combine(Path.GetTempPath(), "flama");
    }
}
