using Flama.Hosting.Reloading;
using Microsoft.Extensions.Logging;

namespace Flama.Hosting.Keys;

/// <summary>The keys of a file, which is looked at again when keys are asked for and a while has passed. Thread-safe.</summary>
/// <remarks>Where the file is gone, no key is valid; where it cannot be read, those from before are, with a warning.</remarks>
public sealed class ApiKeyStore
{
    private readonly string path;
    private readonly ILogger<ApiKeyStore> logger;
    private readonly FileLook look;
    private IReadOnlyDictionary<string, ApiKey> keys;
    private ErrorCode? fault;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">Takes warnings.</param>
    /// <exception cref="FlamaException">It cannot be read, or is not a file of keys.</exception>
    public ApiKeyStore(string path, ILogger<ApiKeyStore> logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        this.path = path;
        this.logger = logger;
        look = new FileLook(path);
        keys = ById(ApiKeyFile.Read(path));
    }

    /// <summary>The key that a text is; null for none. Comparing takes the same time whatever of the text is wrong.</summary>
    public ApiKey? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Look();
        return ApiKeyText.Find(Volatile.Read(ref keys), text);
    }

    /// <summary>The key that a client certificate stands for; null for none.</summary>
    /// <param name="certificate">The certificate, DER; that its client has the private key was shown by TLS.</param>
    public ApiKey? FindCertificate(ReadOnlySpan<byte> certificate)
    {
        Look();
        return ApiKeyText.Find(Volatile.Read(ref keys), certificate);
    }

    /// <summary>Why the file cannot be read, after a look at it where one is due; null where it can.</summary>
    internal ErrorCode? FindFault()
    {
        Look();
        return Volatile.Read(ref fault);
    }

    private void Look()
    {
        if (!look.HasChanged())
        {
            return;
        }

        try
        {
            Volatile.Write(ref keys, ById(ApiKeyFile.Read(path)));
            Volatile.Write(ref fault, null);
            Log.KeysRead(logger, path, keys.Count);
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.FileNotFound)
        {
            Volatile.Write(ref keys, ById([]));
            Volatile.Write(ref fault, failure.Code);
            Log.KeysGone(logger, path);
        }
        catch (FlamaException failure)
        {
            Volatile.Write(ref fault, failure.Code);
            Log.KeysUnreadable(logger, failure.Message);
        }
    }

    private static Dictionary<string, ApiKey> ById(IReadOnlyList<ApiKey> keys)
    {
        Dictionary<string, ApiKey> byId = new(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            byId[key.Id] = key;
        }

        return byId;
    }
}
