namespace Flama.Hosting.Sources;

/// <summary>A source that can also tell which files it has: a store of objects. Thread-safe.</summary>
public interface IModelStore : IModelSource
{
    /// <summary>Lists the objects below a prefix, in any order.</summary>
    /// <param name="directory">The prefix, which ends where a segment does: <c>s3://bucket/models</c> has <c>s3://bucket/models/churn.flm</c>, and not <c>s3://bucket/models2/x.flm</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="FlamaException">The store does not answer, or does not allow it (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    /// <exception cref="IOException">The connection broke; trying again may help.</exception>
    IAsyncEnumerable<StoredObject> ListAsync(Uri directory, CancellationToken cancellationToken);
}
