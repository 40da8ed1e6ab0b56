namespace Flama.S3;

/// <summary>How S3 is reached. What is not set comes from where the AWS tools have it: <c>AWS_*</c> variables, shared files and profiles, and the machine's or container's role.</summary>
public sealed class S3Options
{
    /// <summary>
    /// The address of a store that is not Amazon's, for example <c>http://minio.internal:9000</c>; buckets are segments of its path. Null (default) for <c>AWS_ENDPOINT_URL_S3</c> or
    /// <c>AWS_ENDPOINT_URL</c>, else Amazon's.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The region of the buckets. Null (default) for <c>AWS_REGION</c> or the profile's, else <c>us-east-1</c>.</summary>
    public string? Region { get; set; }

    /// <summary>The id of an access key; null (default) for what is found.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret of that key.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The token of that key, where it is a temporary one; null for none.</summary>
    public string? SessionToken { get; set; }

    /// <summary>Whether requests are not signed, for buckets that everyone may read. Default false.</summary>
    public bool IsAnonymous { get; set; }
}
