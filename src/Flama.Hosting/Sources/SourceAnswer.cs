using System.Net;

namespace Flama.Hosting.Sources;

/// <summary>What a source answers. Disposed by whoever asked.</summary>
public sealed class SourceAnswer : IDisposable
{
    private readonly IDisposable? owner;

    private SourceAnswer(IDisposable? owner) => this.owner = owner;

    /// <summary>The file has not changed since <see cref="SourceRequest.Known"/>.</summary>
    public static SourceAnswer Unchanged { get; } = new(null) { IsUnchanged = true };

    /// <summary>What is here of it (<see cref="SourceRequest.Partial"/>) is not a part of what is there: it is asked for from the beginning then.</summary>
    public static SourceAnswer Changed { get; } = new(null) { IsChanged = true };

    /// <summary>Whether it has not.</summary>
    public bool IsUnchanged { get; private init; }

    /// <summary>Whether a part that is here is of another version.</summary>
    public bool IsChanged { get; private init; }

    /// <summary>The bytes from <see cref="Offset"/> on.</summary>
    public Stream Content { get; private init; } = Stream.Null;

    /// <summary>Where they begin: 0, or the offset that was asked for.</summary>
    public long Offset { get; private init; }

    /// <summary>The length of the whole file in bytes; null where the source does not tell.</summary>
    public long? Length { get; private init; }

    /// <summary>What tells this version of the file from others; null where the source has nothing of the kind.</summary>
    public string? Version { get; private init; }

    /// <summary>Makes an answer with bytes.</summary>
    /// <param name="content">The bytes from the offset on.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">The length of the whole file; null where it is not known.</param>
    /// <param name="version">What tells this version from others; null for nothing.</param>
    /// <param name="owner">Disposed with the answer, after the bytes were read.</param>
    public static SourceAnswer Of(Stream content, long offset, long? length, string? version, IDisposable? owner = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(owner) { Content = content, Offset = offset, Length = length, Version = version };
    }

    /// <summary>Makes an answer of one by HTTP.</summary>
    /// <param name="answer">The answer, of which the headers are here; disposed with this one.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="version">What tells this version from others; null for nothing.</param>
    /// <exception cref="FlamaException">It is not the file (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    /// <exception cref="IOException">The same, and trying again may help.</exception>
    public static SourceAnswer OfHttp(HttpResponseMessage answer, SourceRequest request, string? version)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(request);
        var content = answer.Content;
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return Of(content.ReadAsStream(), 0, content.Headers.ContentLength, version, answer);
            case HttpStatusCode.PartialContent when content.Headers.ContentRange is { From: { } from, Length: var length } && from == request.Offset:
                return Of(content.ReadAsStream(), from, length, version ?? request.Partial, answer);
        }

        using (answer)
        {
            return answer.StatusCode switch
            {
                HttpStatusCode.NotModified => Unchanged,
                HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PreconditionFailed when request.Offset > 0 => Changed,
                _ => throw SourceFailure.OfStatus(request.Location, (int)answer.StatusCode),
            };
        }
    }

    /// <summary>Ends reading.</summary>
    public void Dispose()
    {
        Content.Dispose();
        owner?.Dispose();
    }
}
