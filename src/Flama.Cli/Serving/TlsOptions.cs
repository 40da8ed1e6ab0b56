using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Serving;

/// <summary>HTTPS: the server's certificate, and what clients have to show.</summary>
/// <param name="Certificate">The server's certificate with its key.</param>
/// <param name="Chain">The certificates between it and an authority.</param>
/// <param name="Protocols">The TLS versions.</param>
/// <param name="AsksClients">Whether clients are asked for certificates.</param>
/// <param name="RequiresClients">Whether clients without one are refused.</param>
/// <param name="Authorities">Who signs client certificates; null for the system's authorities.</param>
internal sealed record TlsOptions(
    X509Certificate2 Certificate,
    X509Certificate2Collection Chain,
    SslProtocols Protocols,
    bool AsksClients,
    bool RequiresClients,
    X509Certificate2Collection? Authorities)
{
    /// <summary>Reads the options and the files they name; null when HTTPS is not asked for.</summary>
    /// <exception cref="FlamaException">A file cannot be read, or options contradict each other.</exception>
    public static TlsOptions? Read(CommandContext context)
    {
        var values = context.Values;
        if (values.Get(ServerSettings.Certificate) is not { } certificate)
        {
            var others = new Setting[] { ServerSettings.CertificateKey, ServerSettings.CertificatePassword, ServerSettings.ClientAuthorities };
            var lonely = others.FirstOrDefault(values.IsSet);
            return lonely is null
                ? null
                : throw context.UsageError(
                    $"{lonely.Name} is given without {ServerSettings.Certificate.Name}.", $"Name the certificate: {ServerSettings.Certificate.Name} FILE");
        }

        var clients = values.Get(ServerSettings.ClientCertificates);
        var isPkcs12 = !IsPem(certificate);
        X509Certificate2Collection chain = [];
        return new TlsOptions(
            Load(context, certificate, isPkcs12),
            isPkcs12 ? chain : Import(ServerSettings.Certificate, certificate, chain),
            values.Get(ServerSettings.TlsVersion) switch
            {
                "1.2" or "5" => SslProtocols.Tls12,
                "1.3" => SslProtocols.Tls13,
                _ => SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            clients != "0",
            clients == "2",
            values.Get(ServerSettings.ClientAuthorities) is { } authorities ? Import(ServerSettings.ClientAuthorities, authorities, []) : null);
    }

    /// <summary>Whether a client's certificate is good.</summary>
    public bool Accepts(X509Certificate2 client, X509Chain? chain, SslPolicyErrors errors)
    {
        if (Authorities is null)
        {
            return errors == SslPolicyErrors.None;
        }

        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return own.Build(client);
    }

    /// <summary>Whether a certificate's file is PEM rather than PKCS#12.</summary>
    /// <exception cref="FlamaException">It cannot be read.</exception>
    public static bool IsPem(string path)
    {
        try
        {
            return File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(ServerSettings.Certificate, path, "check the path and the permissions", exception);
        }
    }

    private static X509Certificate2 Load(CommandContext context, string path, bool isPkcs12)
    {
        var key = context.Values.Get(ServerSettings.CertificateKey);
        var password = context.Values.Get(ServerSettings.CertificatePassword);
        try
        {
            if (isPkcs12)
            {
                return X509CertificateLoader.LoadPkcs12FromFile(path, password);
            }

            using var pem = password is null
                ? X509Certificate2.CreateFromPemFile(path, key)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, key);

            // Some systems only serve keys that were imported.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            var what = key is null ? "certificate and key must both be in it" : $"it must fit the key in '{key}'";
            throw Unreadable(ServerSettings.Certificate, path, $"{what}, and an encrypted key needs {ServerSettings.CertificatePassword.Name}", exception);
        }
    }

    private static X509Certificate2Collection Import(Setting setting, string path, X509Certificate2Collection certificates)
    {
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(setting, path, "it must be PEM", exception);
        }

        return certificates.Count > 0 ? certificates : throw Unreadable(setting, path, "it holds no certificate", null);
    }

    private static FlamaException Unreadable(Setting setting, string path, string what, Exception? cause) =>
        new(ErrorCodes.InvalidOption, $"{setting.Name} is '{path}', which cannot be used: {what}.", "Check the file.", cause);
}
