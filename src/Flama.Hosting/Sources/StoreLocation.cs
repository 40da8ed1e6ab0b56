namespace Flama.Hosting.Sources;

/// <summary>An object, or all objects below a prefix, in a store of objects: <c>s3://bucket/name</c>, and the same with other schemes. Immutable.</summary>
/// <param name="Container">The bucket or container.</param>
/// <param name="Name">The object's name, or the prefix; not escaped.</param>
public sealed record StoreLocation(string Container, string Name)
{
    /// <summary>Reads a location.</summary>
    /// <param name="location">An absolute one.</param>
    /// <exception cref="FlamaException">It names no bucket, or has a user, a port or a query (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public static StoreLocation Of(Uri location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (location.Host.Length == 0 || location.UserInfo.Length > 0 || !location.IsDefaultPort || location.Query.Length > 0 || location.Fragment.Length > 0)
        {
            throw SourceFailure.Unavailable(location, "it is not a bucket and a name", $"Write {location.Scheme}://BUCKET/NAME, with % before the code of '?', '#' and '%'.");
        }

        return new(location.Host, Uri.UnescapeDataString(location.AbsolutePath is [_, .. var path] ? path : ""));
    }

    /// <summary>Reads the location of one object.</summary>
    /// <param name="location">An absolute one.</param>
    /// <exception cref="FlamaException">As for <see cref="Of"/>, or it names no object (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public static StoreLocation OfObject(Uri location) => Of(location) is { Name: [.., not '/'] } found
        ? found
        : throw SourceFailure.Unavailable(location, "it names no object", $"Write {location?.Scheme}://BUCKET/NAME");

    /// <summary>Reads the location of all objects below a prefix.</summary>
    /// <param name="location">An absolute one; whether it ends with a slash makes no difference.</param>
    /// <returns>The name is empty for all of the bucket, or ends with a slash.</returns>
    /// <exception cref="FlamaException">As for <see cref="Of"/>.</exception>
    public static StoreLocation OfPrefix(Uri location) => Of(location) is { Name: [.., not '/'] name } found ? found with { Name = $"{name}/" } : Of(location);

    /// <summary>The location of another object of the same bucket.</summary>
    /// <param name="location">A location in the bucket.</param>
    /// <param name="name">The other one's name, not escaped.</param>
    public static Uri At(Uri location, string name)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(name);
        return new($"{location.Scheme}://{location.Host}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");
    }
}
