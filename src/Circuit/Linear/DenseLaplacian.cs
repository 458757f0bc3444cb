namespace CircuitSim.Circuit.Linear;

/// <summary>Dense conductance matrices without ground, whose rows sum to zero.</summary>
internal static class DenseLaplacian
{
    /// <summary>Sets each diagonal entry to minus the sum of the others in its row, which keeps the digits that adding and subtracting would lose.</summary>
    /// <param name="matrix">Row-major, size·size.</param>
    /// <param name="size">Rows.</param>
    internal static void SetDiagonal(Span<double> matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            double sum = 0;
            for (int k = 0; k < size; k++)
                if (k != i) sum += matrix[i * size + k];
            matrix[i * size + i] = -sum;
        }
    }
}
