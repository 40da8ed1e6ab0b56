using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Hosting.Sources;

namespace Flama.Tests.Sources;

/// <summary>A store of objects in memory, which is there or not, and tells what was read.</summary>
internal sealed class MemoryStore : IModelStore
{
    private readonly SortedDictionary<string, (byte[] Content, int Version)> objects = new(StringComparer.Ordinal);
    private int version;

    /// <summary>Whether it answers.</summary>
    public bool IsThere { get; set; } = true;

    /// <summary>The names that were read, in turn.</summary>
    public List<string> Reads { get; } = [];

    public void Put(string name, byte[] content) => objects[name] = (content, ++version);

    public void Put(string name, string path) => Put(name, File.ReadAllBytes(path));

    public bool CanRead(Uri location) => location.Scheme == "mem";

    public Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        var name = StoreLocation.OfObject(request.Location).Name;
        if (!IsThere || !objects.TryGetValue(name, out var found))
        {
            throw SourceFailure.OfStatus(request.Location, IsThere ? 404 : 403);
        }

        Reads.Add(name);
        return Task.FromResult(SourceAnswer.Of(new MemoryStream(found.Content), 0, found.Content.Length, VersionOf(found.Version)));
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(Uri directory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!IsThere)
        {
            throw SourceFailure.OfStatus(directory, 403);
        }

        foreach (var (name, (content, number)) in objects.Where(one => one.Key.StartsWith(StoreLocation.OfPrefix(directory).Name, StringComparison.Ordinal)))
        {
            yield return new(StoreLocation.At(directory, name), VersionOf(number), content.Length);
        }
    }

    private static string VersionOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
