namespace Flama.Hosting.Sources;

/// <summary>Where model files come from that are not on this machine: one implementation for each kind of location. Thread-safe.</summary>
public interface IModelSource
{
    /// <summary>Whether a location is of this kind.</summary>
    bool CanRead(Uri location);

    /// <summary>Begins to read a file.</summary>
    /// <param name="request">Which file, and what of it is here already.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The answer; dispose it.</returns>
    /// <exception cref="FlamaException">The source does not answer, does not have the file, or must not be asked (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    /// <exception cref="IOException">The connection broke; trying again may help.</exception>
    Task<SourceAnswer> ReadAsync(SourceRequest request, CancellationToken cancellationToken);
}
