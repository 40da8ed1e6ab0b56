using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Flama.Hosting;
using Flama.Hosting.Repository;

namespace Flama.Cli.Settings;

/// <summary>The kinds of values that options have.</summary>
internal static partial class Kinds
{
    // As the Python original takes them.
    private static readonly string[] Yes = ["true", "1", "yes", "on", "t", "y"], No = ["false", "0", "no", "off", "f", "n"];

    /// <summary>On or off, bare or with a value.</summary>
    public static ValueKind<bool> Flag { get; } = new(TryReadFlag) { Expected = "true or false" };

    /// <summary>A path of the server, with a slash in front; empty is a value of its own.</summary>
    public static ValueKind<string> Route { get; } = new(ReadRoute)
    {
        ValueName = "PATH",
        Expected = EndpointPath.Expected,
    };

    /// <summary>A path of the server for what is off without the option; the option alone is <c>/mcp</c>.</summary>
    public static ValueKind<string> AgentRoute { get; } = new(ReadRoute)
    {
        ValueName = "[PATH]",
        Expected = EndpointPath.Expected,
        BareText = "/mcp",
        IsNext = static text => text.StartsWith('/') && !Path.Exists(text),
    };

    /// <summary>A TCP port.</summary>
    public static ValueKind<int> Port { get; } = new(static (text, out value) => ReadNumber(text, 0, out value) && value <= ushort.MaxValue)
    {
        ValueName = "PORT",
        Expected = "a whole number from 0 to 65535",
    };

    /// <summary>A TCP port, or none.</summary>
    public static ValueKind<int?> OptionalPort { get; } = new(
        static (string text, out int? value) =>
        {
            var isPort = ReadNumber(text, 0, out var number) && number <= ushort.MaxValue;
            value = number;
            return isPort;
        })
    {
        ValueName = "PORT",
        Expected = "a whole number from 0 to 65535",
    };

    /// <summary>The addresses of proxies, see <see cref="NetworksOf"/>.</summary>
    public static ValueKind<string> Networks { get; } = new(static (string text, [MaybeNullWhen(false)] out string value) => NetworksOf(value = text) is not null)
    {
        ValueName = "LIST",
        Expected = "addresses such as 10.0.0.1, networks such as 10.0.0.0/8, with commas between them, or *",
    };

    /// <summary>Addresses of callers, see <see cref="NetworksOf"/>; not all of them.</summary>
    public static ValueKind<string?> OptionalNetworks { get; } = new(static (string text, out string? value) => NetworksOf(value = text) is { Count: > 0 })
    {
        ValueName = "LIST",
        Expected = "addresses such as 10.0.0.1 and networks such as 10.0.0.0/8 or 2001:db8::/32, with commas between them",
    };

    /// <summary>A header of an answer, see <see cref="HeaderOf"/>; can be repeated.</summary>
    public static ValueKind<string?> Headers { get; } = new(static (string text, out string? value) => HeaderOf(text) is not null & (value = text) is not null)
    {
        ValueName = "NAME:VALUE",
        Expected = "NAME:VALUE of printable ASCII",
        CanRepeat = true,
    };

    /// <summary>The origin of a page, or <c>*</c>; can be repeated.</summary>
    public static ValueKind<string?> Origins { get; } = new(static (string text, out string? value) => IsOrigin(value = text))
    {
        ValueName = "ORIGIN",
        Expected = "an origin such as https://shop.example, or *",
        CanRepeat = true,
    };

    /// <summary>The name of a host; can be repeated.</summary>
    public static ValueKind<string?> Hosts { get; } = new(static (string text, out string? value) => IsHost(value = text))
    {
        ValueName = "HOST",
        Expected = "a host such as api.example, *.example or 10.0.0.1, without scheme and port",
        CanRepeat = true,
    };

    /// <summary>Requests per seconds, see <see cref="RateOf"/>; the option alone is 100 per minute.</summary>
    public static ValueKind<string?> Rate { get; } = new(static (string text, out string? value) => (value = NullIfOff(text)) is null || RateOf(text) is not null)
    {
        ValueName = "[COUNT[/SECONDS]]",
        Expected = "a number of requests such as 100, with the seconds of the window such as 100/60, or off",
        BareText = "on",
    };

    /// <summary>Redis servers with options; the password has an option of its own, which is not shown.</summary>
    public static ValueKind<string?> RedisServers { get; } = new(
        static (string text, out string? value) => (value = text).Length > 0 && !text.Contains("password=", StringComparison.OrdinalIgnoreCase))
    {
        ValueName = "HOST:PORT",
        Expected = "servers such as redis.internal:6379; a password goes to --server-redis-password",
    };

    /// <summary>Seconds; the option alone is a minute.</summary>
    public static ValueKind<double?> OptionalSeconds { get; } = new(static (string text, out double? value) => ReadSeconds(text, out value))
    {
        ValueName = "[SECONDS]",
        Expected = "a number of seconds, or off",
        BareText = "on",
    };

    /// <summary>A model and seconds, see <see cref="ModelSecondsOf"/>; can be repeated.</summary>
    public static ValueKind<string?> ModelSeconds { get; } = new(static (string text, out string? value) => ModelSecondsOf(value = text) is not null)
    {
        ValueName = "NAME=SECONDS",
        Expected = "the name of a model and seconds, such as churn=300",
        CanRepeat = true,
    };

    /// <summary>Any text.</summary>
    public static ValueKind<string> Text(string name) => new(Copy) { ValueName = name, Expected = "a text" };

    /// <summary>Any text, or none.</summary>
    public static ValueKind<string?> OptionalText(string name) => new(CopyOptional) { ValueName = name, Expected = "a text" };

    /// <summary>A file or a directory, or none.</summary>
    public static ValueKind<string?> File(string name = "FILE") => new(CopyOptional) { ValueName = name, Expected = "a text", IsFile = true };

    /// <summary>Texts: the option can be repeated, a variable has one per line, and a file has a list.</summary>
    public static ValueKind<string?> Texts(string name, bool isFile = false) =>
        new(CopyOptional) { ValueName = name, Expected = "a text or a list of texts", CanRepeat = true, IsFile = isFile };

    /// <summary>Shapes of inputs: the option can be repeated, a variable has one per line, and a file has a list.</summary>
    public static ValueKind<string?> Shapes { get; } = new(
        static (string text, out string? value) =>
        {
            value = text;
            return text.Split(';').All(static shape => InputShape.TryParse(shape, out _));
        })
    {
        ValueName = "SHAPE",
        Expected = InputShape.Expected,
        CanRepeat = true,
    };

    /// <summary>A whole number.</summary>
    public static ValueKind<int> Number(string name, int smallest) => new((text, out value) => ReadNumber(text, smallest, out value))
    {
        ValueName = name,
        Expected = ExpectedNumber(smallest),
    };

    /// <summary>A whole number, or none.</summary>
    public static ValueKind<int?> OptionalNumber(string name, int smallest) => new(
        (string text, out int? value) =>
        {
            var isNumber = ReadNumber(text, smallest, out var number);
            value = number;
            return isNumber;
        })
    {
        ValueName = name,
        Expected = ExpectedNumber(smallest),
    };

    /// <summary>A number of bytes, or none.</summary>
    public static ValueKind<long?> OptionalBytes(long smallest) => OptionalLong("BYTES", smallest);

    /// <summary>A count that may be large, or none.</summary>
    public static ValueKind<long?> OptionalCount(long smallest) => OptionalLong("COUNT", smallest);

    private static ValueKind<long?> OptionalLong(string name, long smallest) => new(
        (string text, out long? value) =>
        {
            var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= smallest;
            value = number;
            return isNumber;
        })
    {
        ValueName = name,
        Expected = ExpectedNumber(smallest),
    };

    /// <summary>Versions of a repository.</summary>
    public static ValueKind<VersionPolicy> Versions { get; } = new(static (string text, [MaybeNullWhen(false)] out VersionPolicy value) => VersionPolicy.TryParse(text, out value))
    {
        ValueName = "VERSIONS",
        Expected = VersionPolicy.Expected,
    };

    /// <summary>A number that is not negative.</summary>
    public static ValueKind<double> Amount(string name) => new(ReadAmount) { ValueName = name, Expected = "a number of 0 or more" };

    /// <summary>A share: above 0 and up to 1.</summary>
    public static ValueKind<double> Share { get; } = new(static (text, out value) => ReadAmount(text, out value) && value is > 0 and <= 1)
    {
        ValueName = "NUMBER",
        Expected = "a number above 0 and up to 1",
    };

    /// <summary>A number that is not negative, or none.</summary>
    public static ValueKind<double?> OptionalAmount(string name) => new(
        (string text, out double? value) =>
        {
            var isAmount = ReadAmount(text, out var amount);
            value = amount;
            return isAmount;
        })
    {
        ValueName = name,
        Expected = "a number of 0 or more",
    };

    /// <summary>One of a few words, in any letter case.</summary>
    public static ValueKind<string> Choice(params IReadOnlyList<string> words) => new(
        (string text, [MaybeNullWhen(false)] out string value) => (value = WordOf(words, text)) is not null)
    {
        ValueName = string.Join('|', words),
        Expected = $"one of {string.Join(", ", words)}",
        Words = words,
    };

    /// <summary>One of a few words, or none.</summary>
    public static ValueKind<string?> OptionalChoice(params IReadOnlyList<string> words) => new(
        (string text, out string? value) => (value = WordOf(words, text)) is not null)
    {
        ValueName = string.Join('|', words),
        Expected = $"one of {string.Join(", ", words)}",
        Words = words,
    };

    /// <summary>Reads a word for a flag.</summary>
    public static bool TryReadFlag(string text, out bool value)
    {
        value = WordOf(Yes, text) is not null;
        return value || WordOf(No, text) is not null;
    }

    /// <summary>The networks in a list; empty for all, null when something in it is neither an address nor a network.</summary>
    public static IReadOnlyList<IPNetwork>? NetworksOf(string text)
    {
        List<IPNetwork> networks = [];
        var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var item in items.Where(item => item != "*"))
        {
            if (IPNetwork.TryParse(item, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(item, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }

        return items.Contains("*", StringComparer.Ordinal) ? [] : networks.Count > 0 ? networks : null;
    }

    /// <summary>Requests and their window; null when the text is neither <c>COUNT</c>, <c>COUNT/SECONDS</c> nor a word for on.</summary>
    public static (int Requests, TimeSpan Window)? RateOf(string text)
    {
        const int defaultCount = 100, defaultSeconds = 60, mostCount = 10_000_000, mostSeconds = 86_400;
        if (TryReadFlag(text, out var isOn) && isOn && text != "1")
        {
            return (defaultCount, TimeSpan.FromSeconds(defaultSeconds));
        }

        var slash = text.IndexOf('/');
        var seconds = defaultSeconds;
        return ReadNumber(slash < 0 ? text : text[..slash], 1, out var count) && count <= mostCount
            && (slash < 0 || (ReadNumber(text[(slash + 1)..], 1, out seconds) && seconds <= mostSeconds))
                ? (count, TimeSpan.FromSeconds(seconds))
                : null;
    }

    /// <summary>A model and seconds; null when the text is not <c>NAME=SECONDS</c>.</summary>
    public static (string Model, TimeSpan Time)? ModelSecondsOf(string text)
    {
        var equals = text.LastIndexOf('=');
        return equals > 0 && ReadAmount(text[(equals + 1)..], out var seconds) ? (text[..equals], TimeSpan.FromSeconds(Math.Min(seconds, 1e6))) : null;
    }

    /// <summary>Name and value of a header; null when it is not one.</summary>
    public static KeyValuePair<string, string>? HeaderOf(string text)
    {
        const string inNames = "!#$%&'*+-.^_`|~";
        var colon = text.IndexOf(':');
        var name = colon > 0 ? text[..colon].Trim() : "";
        var value = text[(colon + 1)..].Trim();
        return name.Length > 0
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || inNames.Contains(letter))
            && value.All(letter => letter is >= ' ' and <= '~' or '\t')
                ? new(name, value)
                : null;
    }

    private static string? NullIfOff(string text) => TryReadFlag(text, out var isOn) && !isOn ? null : text;

    private static bool ReadSeconds(string text, out double? value)
    {
        const double minute = 60;
        if (!char.IsAsciiDigit(text.FirstOrDefault()) && TryReadFlag(text, out var isOn))
        {
            value = isOn ? minute : null;
            return true;
        }

        var isAmount = ReadAmount(text, out var amount);
        value = amount > 0 ? amount : null;
        return isAmount;
    }

    private static bool IsOrigin(string text) => text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var origin)
            && origin.Host.Length > 0
            && string.Equals(text.TrimEnd('/'), origin.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));

    private static bool IsHost(string text) => text == "*"
        || Uri.CheckHostName((text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text).Trim('[', ']')) != UriHostNameType.Unknown;

    private static string? WordOf(IReadOnlyList<string> words, string text) =>
        words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));

    private static bool Copy(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool CopyOptional(string text, out string? value)
    {
        value = text;
        return true;
    }

    private static bool ReadRoute(string text, out string value)
    {
        value = text.Length == 0 || text[0] == '/' ? text : $"/{text}";
        return EndpointPath.IsValid(value);
    }

    private static string ExpectedNumber(long smallest) => string.Create(CultureInfo.InvariantCulture, $"a whole number of {smallest} or more");

    private static bool ReadNumber(string text, int smallest, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= smallest;

    private static bool ReadAmount(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= 0 && double.IsFinite(value);
}
