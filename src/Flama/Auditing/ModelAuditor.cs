using System.Security.Cryptography;
using Flama.Packaging;
using Flama.Pickle;
using Flama.Sklearn;

namespace Flama;

/// <summary>Audits model files: everything that a file names, what becomes of it, sizes and digests, without running anything. Thread-safe.</summary>
public static class ModelAuditor
{
    /// <summary>Audits a file or a model directory.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was found. A file that is refused, or cannot be read, is a result and not an exception.</returns>
    public static ModelAudit Audit(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var audit = new ModelAudit { File = name };
        try
        {
            if (File.Exists(path))
            {
                using var content = File.OpenRead(path);
                audit = audit with { Bytes = content.Length, Sha256 = DigestOf(content) };
            }

            using var package = ModelPackage.Open(path);
            return Audit(audit, package);
        }
        catch (FlamaException exception)
        {
            return Refuse(audit, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return audit with
            {
                Verdict = AuditVerdict.Error,
                Findings = [new(ErrorCodes.FileUnreadable, $"'{name}' cannot be read.", "Check that it is there and that this user may read it.")],
            };
        }
    }

    /// <summary>Audits a file's content.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>What was found.</returns>
    public static ModelAudit Audit(ReadOnlyMemory<byte> bytes, string name = "model")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var audit = new ModelAudit { File = name, Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) };
        try
        {
            using var package = ModelPackage.Open(bytes, name);
            return Audit(audit, package);
        }
        catch (FlamaException exception)
        {
            return Refuse(audit, exception);
        }
    }

    private static ModelAudit Audit(ModelAudit audit, ModelPackage package)
    {
        audit = audit with { Container = package.Format.Generation.ToString() };
        try
        {
            audit = audit with { Artifacts = [.. package.Artifacts.SelectMany(PartsOf)] };
            var source = package.ReadModel();
            audit = audit with { Format = source.Format, Model = PartOf("model", source.Payload) };
            audit = audit with { Pickle = SklearnEngine.Audit(source) };
            if (audit.Pickle is { IsClean: false } pickle)
            {
                return audit with { Verdict = AuditVerdict.Refused, Findings = FindingsOf(pickle) };
            }

            using var model = new ModelEngines().AddManaged().Load(source);
            return audit with { Verdict = AuditVerdict.Clean, Warnings = model.Warnings };
        }
        catch (FlamaException exception)
        {
            return Refuse(audit, exception);
        }
    }

    private static ModelAudit Refuse(ModelAudit audit, FlamaException exception) => audit with
    {
        Verdict = exception.Code == ErrorCodes.FileNotFound || (exception.Code == ErrorCodes.FileUnreadable && audit.Bytes is null)
            ? AuditVerdict.Error
            : AuditVerdict.Refused,
        Findings = [.. audit.Findings, new(exception.Code, exception.Message, exception.Remedy)],
    };

    private static AuditFinding[] FindingsOf(PickleAudit pickle) =>
    [
        .. pickle.Globals.Where(global => global.Use == AuditedUse.Refused).Select(global => new AuditFinding(
            ErrorCodes.DisallowedGlobal, global.Reason ?? $"The pickle refers to {global.Global}.", "Do not load the file in Python unless you know who wrote it.")
        {
            Offset = global.FirstOffset,
        }),
        .. pickle.Failure is { } failure
            ? [new AuditFinding(ErrorCodes.All.FirstOrDefault(code => code.Name == failure.Code) ?? ErrorCodes.Corrupt, failure.Message, failure.Remedy) { Offset = failure.Offset }]
            : Array.Empty<AuditFinding>(),
    ];

    private static IEnumerable<AuditedPart> PartsOf(Artifact artifact)
    {
        if (!artifact.IsDirectory)
        {
            using var stream = artifact.OpenRead();
            yield return PartOf(artifact.Name, stream);
        }

        foreach (var path in artifact.Files)
        {
            using var stream = artifact.OpenRead(path);
            yield return PartOf($"{artifact.Name}/{path}", stream);
        }
    }

    private static AuditedPart PartOf(string name, ModelPayload payload)
    {
        using var stream = payload.OpenRead();
        return PartOf(name, stream);
    }

    private static AuditedPart PartOf(string name, Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
        }

        return new(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string DigestOf(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));
}
