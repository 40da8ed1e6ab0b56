namespace Flama.LightGbm.Oracle;

/// <summary>Rows that meet every rule of LightGBM's: missing cells, zeros, numbers next to zero, categories, long tails. The same in each run.</summary>
internal static class TrainingData
{
    /// <summary>Columns per row; column <see cref="Category"/> holds categories.</summary>
    public const int Columns = 6;

    /// <summary>The column of categories, −2 to 40.</summary>
    public const int Category = 3;

    /// <summary>Rows to train with.</summary>
    public const int Count = 700;

    /// <summary>Makes rows to train with, row-major.</summary>
    public static double[] Rows()
    {
        Random random = new(20);
        var rows = new double[Count * Columns];
        for (var row = 0; row < Count; row++)
        {
            var cells = rows.AsSpan(row * Columns, Columns);
            cells[0] = Normal(random);
            cells[1] = random.Next(4) == 0 ? double.NaN : Normal(random);
            cells[2] = random.Next(3) switch { 0 => 0, 1 => random.Next(2) == 0 ? 1e-36 : -1e-36, _ => Normal(random) };
            cells[Category] = random.Next(20) == 0 ? double.NaN : Math.Floor(40 * random.NextDouble() * random.NextDouble());
            cells[4] = random.Next(10);
            cells[5] = Math.Exp(3 * Normal(random));
        }

        return rows;
    }

    /// <summary>Makes labels: numbers that depend on all columns.</summary>
    public static double[] Targets(double[] rows)
    {
        Random random = new(21);
        var targets = new double[Count];
        for (var row = 0; row < Count; row++)
        {
            var cells = rows.AsSpan(row * Columns, Columns);
            targets[row] = cells[0] + (double.IsNaN(cells[1]) ? 1.5 : Math.Sin(cells[1])) + (cells[2] == 0 ? 1 : cells[2] * 0.5)
                + (double.IsNaN(cells[Category]) ? -1 : (cells[Category] * 7 % 5) - 2) + (0.1 * cells[4]) + (0.2 * Math.Log(cells[5])) + (0.1 * Normal(random));
        }

        return targets;
    }

    /// <summary>Rows to predict: those of training, and cells that no training had.</summary>
    public static double[] Strange(double[] rows)
    {
        double[] odd =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1e-35, -1e-35, 9.9e-36, 1.1e-35, 1e-300, 1e300, -1, -0.5, 0.5, 3.7, 39, 41, 255, 4e9, 1e20, 2147483647,
        ];
        Random random = new(22);
        var more = new double[1500 * Columns];
        for (var i = 0; i < more.Length; i++)
        {
            more[i] = random.Next(3) == 0 ? odd[random.Next(odd.Length)] : rows[random.Next(rows.Length / Columns) * Columns + (i % Columns)];
        }

        return [.. rows, .. more];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
