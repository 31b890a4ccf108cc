if 1:
          