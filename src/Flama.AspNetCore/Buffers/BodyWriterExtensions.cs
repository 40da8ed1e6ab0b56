using System.IO.Pipelines;

namespace Flama.AspNetCore.Buffers;

/// <summary>Writes to the pipe of an answer.</summary>
internal static class BodyWriterExtensions
{
    /// <summary>The most that is written before the client has to take some of it.</summary>
    public const int Piece = 32 * 1024;

    /// <summary>Writes bytes no faster than the client takes them: at once, the server would copy all of them.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask WriteInPiecesAsync(this PipeWriter body, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            await body.WriteAsync(piece, cancellationToken);
            bytes = bytes[piece.Length..];
        }
    }
}
